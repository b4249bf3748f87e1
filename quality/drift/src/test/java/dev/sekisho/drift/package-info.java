/**
 * Holds the contract against the newest clients AWS gives out: what they can send, it must know.
 *
 * <p>What must not live here: tests of behaviour.
 */
package dev.sekisho.drift;
