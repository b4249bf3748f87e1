/**
 * A throwaway PostgreSQL for tests, from the binaries that are installed on the machine.
 *
 * <p>What must not live here: anything of Sekisho; the store's own tests stand on this.
 */
@NullMarked
package dev.sekisho.postgres;

import org.jspecify.annotations.NullMarked;
