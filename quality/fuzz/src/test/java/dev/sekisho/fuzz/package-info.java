/**
 * Every reader of what strangers send, fed with what nobody would.
 *
 * <p>In the ordinary build each test reads its seeds once. To look for new inputs, one test at a
 * time: {@code JAZZER_FUZZ=1 mvn -pl quality/fuzz -am test -Dtest=JsonBodyFuzzTest
 * -Dsurefire.failIfNoSpecifiedTests=false -Djazzer.max_duration=30m}. What is found is written
 * beside the seeds and stays a test.
 *
 * <p>What must not live here: tests of what a good request means.
 */
package dev.sekisho.fuzz;
