/**
 * Reads and verifies what OpenID Connect providers say.
 *
 * <p>What must not live here: fetching their documents, and who trusts which provider.
 */
@NullMarked
package dev.sekisho.federation.oidc;

import org.jspecify.annotations.NullMarked;
