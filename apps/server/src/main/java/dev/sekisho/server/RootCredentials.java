package dev.sekisho.server;

import dev.sekisho.iam.RootUser;
import dev.sekisho.iam.UniqueIds;

/**
 * Sees to it that the root user has credentials and that the person finds them.
 *
 * <p>INVARIANT: a new key is in the credentials file before it is in the store, so that a crash
 * between the two leaves a file that the next start replaces, never a key that nobody knows.
 */
final class RootCredentials {

  private final Options options;
  private final RootUser root;
  private final UniqueIds ids;
  private final ClientFiles files;

  RootCredentials(Options options, Platform platform) {
    this.options = options;
    this.root =
        new RootUser(platform.database(), platform.stamps(), platform.keyring(), platform.clock());
    this.ids = new UniqueIds(platform.randomness());
    this.files = new ClientFiles(platform.folder().path());
  }

  void provide() {
    RootUser.Credentials fixed = options.rootKey();
    if (fixed != null) {
      files.credentials(fixed);
      root.replace(options.account(), fixed);
    } else {
      root.provide(options.account(), ids, files::credentials);
    }
  }
}
