/**
 * A small service of no account, spoken to in each protocol, behind a real port and a real
 * pipeline: what the tests of the wire knock at.
 */
package dev.sekisho.wire.probe;
