/**
 * Turns AWS's published API models into the contract's Java: records, shapes, one interface per
 * service, and a coverage page. Runs at build time only.
 *
 * <p>What must not live here: anything that runs in the server.
 */
@NullMarked
package dev.sekisho.contract.gen;

import org.jspecify.annotations.NullMarked;
