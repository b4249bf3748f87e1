/**
 * The command {@code exec}: runs a program with secrets in its environment.
 *
 * <p>It is a client of the server as any other. What must not live here: any other way to secrets
 * than the API, whose gates and audit it passes.
 */
@NullMarked
package dev.sekisho.server.exec;

import org.jspecify.annotations.NullMarked;
