package dev.sekisho.s3;

import dev.sekisho.core.Authorizer;
import dev.sekisho.core.KeyService;
import dev.sekisho.core.PrincipalDirectory;
import dev.sekisho.core.Randomness;
import dev.sekisho.crypto.Keyring;
import dev.sekisho.crypto.PageTokens;
import dev.sekisho.store.ChangeStamps;
import dev.sekisho.store.Database;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/**
 * What S3 works with.
 *
 * @param removals removes files of objects that are gone, for which nobody has to wait
 * @param folder where the objects' files are; used by nobody else
 * @param keys seals what callers want sealed by KMS
 * @param principals knows whom bucket policies can name
 * @param authorizer asks for each key of a list by itself
 */
public record S3Context(
    Database database,
    ChangeStamps stamps,
    Keyring keyring,
    PageTokens pages,
    KeyService keys,
    PrincipalDirectory principals,
    Authorizer authorizer,
    Randomness randomness,
    InstantSource clock,
    Path folder,
    Executor removals) {}
