/**
 * Reads what SAML 2.0 providers say: their metadata, and the responses they sign.
 *
 * <p>What must not live here: who trusts which provider, and what it may bring about.
 */
@NullMarked
package dev.sekisho.federation.saml;

import org.jspecify.annotations.NullMarked;
