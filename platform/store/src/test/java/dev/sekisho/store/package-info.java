/** The store's tests: one contract for both engines, and what each has of its own. */
@NullMarked
package dev.sekisho.store;

import org.jspecify.annotations.NullMarked;
