/**
 * The policy engine on the command line: checks and simulates policies from files, without a
 * server.
 *
 * <p>What must not live here: checks and decisions (see the policy engine), and anything that needs
 * the network.
 */
@NullMarked
package dev.sekisho.policytool;

import org.jspecify.annotations.NullMarked;
