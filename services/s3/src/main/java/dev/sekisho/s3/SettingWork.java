package dev.sekisho.s3;

import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.core.Transaction;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** How each part of a bucket's configuration is put, got and deleted. */
record SettingWork(BucketDirectory buckets, S3Access access) {

  Bucket require(Call<?> call, String bucket, @Nullable String expectedOwner) {
    return buckets.require(call, bucket, expectedOwner);
  }

  /** Answers out of the bucket as it is. */
  <O> Guarded<O> get(Call<?> call, String action, Bucket bucket, Function<Bucket, O> answer) {
    return Guarded.by(access.of(call, action, bucket), _ -> Outcome.answer(answer.apply(bucket)));
  }

  /** Puts the setting in the place of an earlier one. */
  <O> Guarded<O> put(
      Call<?> call,
      String action,
      Bucket bucket,
      BucketSetting setting,
      String content,
      Supplier<O> answer) {
    return change(
        call,
        action,
        bucket,
        (transaction, now) -> buckets.store().put(transaction, now.name(), setting, content),
        answer);
  }

  /** Deletes the setting, whether it is there or not. */
  <O> Guarded<O> delete(
      Call<?> call, String action, Bucket bucket, BucketSetting setting, Supplier<O> answer) {
    return change(
        call,
        action,
        bucket,
        (transaction, now) -> buckets.store().delete(transaction, now.name(), setting),
        answer);
  }

  /** Changes the bucket as it is in the transaction. */
  <O> Guarded<O> change(
      Call<?> call,
      String action,
      Bucket bucket,
      BiConsumer<Transaction, Bucket> work,
      Supplier<O> answer) {
    return Guarded.by(
        access.of(call, action, bucket),
        _ ->
            Outcome.change(transaction -> {
              work.accept(transaction, buckets.require(transaction, bucket));
              buckets.changed(transaction);
              return answer.get();
            }));
  }

  /**
   * The setting as it was kept.
   *
   * @throws dev.sekisho.core.ServiceException the error for what was never given
   */
  static String require(Bucket bucket, BucketSetting setting) {
    String content = bucket.setting(setting);
    if (content == null) {
      throw S3Errors.noSuchSetting(setting, bucket.name());
    }
    return content;
  }
}
