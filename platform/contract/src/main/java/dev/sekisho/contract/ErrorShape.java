package dev.sekisho.contract;

/**
 * An error an operation may answer.
 *
 * @param name the shape's name in the model
 * @param code what clients see; differs from the name where the model says so (query services)
 * @param status the HTTP status
 */
public record ErrorShape(String name, String code, int status) {}
