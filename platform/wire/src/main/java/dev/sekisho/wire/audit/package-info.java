/**
 * The audit event of a call: who did what, from where, with which result, in CloudTrail's record
 * format.
 *
 * <p>What must not live here: how events are kept or delivered.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html">CloudTrail
 *     record contents</a>
 */
@NullMarked
package dev.sekisho.wire.audit;

import org.jspecify.annotations.NullMarked;
