package dev.sekisho.server.archive;

import dev.sekisho.core.ObjectStore;
import dev.sekisho.core.ServiceException;

/** An installation in which there is no bucket. */
public final class NoObjectStore implements ObjectStore {

  @Override
  public void requireBucket(Sender sender, String bucket) {
    throw none();
  }

  @Override
  public void put(Sender sender, Upload upload) {
    throw none();
  }

  private static ServiceException none() {
    return new ServiceException("NoSuchBucket", 404, "The specified bucket does not exist");
  }
}
