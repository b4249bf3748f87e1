/**
 * AWS Organizations: organizations, their units, accounts and policies, and what these mean for
 * every call to every service. How a decision is taken does not live here.
 */
@NullMarked
package dev.sekisho.organizations;

import org.jspecify.annotations.NullMarked;
