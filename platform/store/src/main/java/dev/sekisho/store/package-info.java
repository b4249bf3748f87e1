/**
 * SQL: connections, transactions with group commit, migrations, stamps that keep caches honest.
 *
 * <p>What must not live here: any table or statement of a service, except the store's own
 * bookkeeping.
 */
@NullMarked
package dev.sekisho.store;

import org.jspecify.annotations.NullMarked;
