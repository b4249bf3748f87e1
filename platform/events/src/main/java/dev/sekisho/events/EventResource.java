package dev.sekisho.events;

/**
 * A resource that an event is about.
 *
 * @param type AWS's name for the kind, for example {@code AWS::KMS::Key}
 */
public record EventResource(String arn, String account, String type) {}
