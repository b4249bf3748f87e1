/**
 * The contract with AWS's clients: the vocabulary in which the generated part of this module
 * describes each service (shapes, members, constraints, operations, errors). The wire reads it to
 * decode, validate and encode; services see only the generated records and interfaces.
 *
 * <p>What must not live here: codecs, HTTP, behaviour of any service.
 */
@NullMarked
package dev.sekisho.contract;

import org.jspecify.annotations.NullMarked;
