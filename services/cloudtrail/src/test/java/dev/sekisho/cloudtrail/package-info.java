/** Tests of CloudTrail below its API. */
@NullMarked
package dev.sekisho.cloudtrail;

import org.jspecify.annotations.NullMarked;
