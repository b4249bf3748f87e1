package dev.sekisho.s3;

import static java.util.Objects.requireNonNullElse;

import dev.sekisho.contract.s3.CommonPrefix;
import dev.sekisho.contract.s3.ListObjectVersionsRequest;
import dev.sekisho.contract.s3.ListObjectVersionsResponse;
import dev.sekisho.contract.s3.ListObjectsRequest;
import dev.sekisho.contract.s3.ListObjectsResponse;
import dev.sekisho.contract.s3.ListObjectsV2Request;
import dev.sekisho.contract.s3.ListObjectsV2Response;
import dev.sekisho.contract.s3.Owner;
import dev.sekisho.contract.s3.S3Api;
import dev.sekisho.contract.s3.S3Object;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.crypto.CryptoException;
import dev.sekisho.crypto.PageTokens;
import dev.sekisho.s3.KeyListing.Wanted;
import dev.sekisho.s3.VersionStore.Place;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists the current objects of a bucket, in both of S3's ways. */
final class ObjectLists implements S3Api.ObjectLists {

  private final ObjectWork work;
  private final PageTokens pages;
  private final VersionLists versions;

  ObjectLists(ObjectWork work, PageTokens pages) {
    this.work = work;
    this.pages = pages;
    versions = new VersionLists(work);
  }

  @Override
  public Guarded<ListObjectVersionsResponse> listObjectVersions(
      Call<ListObjectVersionsRequest> call) {
    return versions.listObjectVersions(call);
  }

  @Override
  public Guarded<ListObjectsResponse> listObjects(Call<ListObjectsRequest> call) {
    ListObjectsRequest input = call.input();
    Bucket bucket = work.buckets().require(call, input.bucket(), input.expectedBucketOwner());
    ListingRules rules =
        ListingRules.of(input.prefix(), input.delimiter(), input.maxKeys(), input.encodingType());
    return Guarded.by(
        rules.check(work.access().of(call, "s3:ListBucket", bucket)),
        _ -> {
          String marker = requireNonNullElse(input.marker(), "");
          KeyListing<ObjectVersion> page = page(bucket, rules.wanted(), marker);
          return Outcome.answer(
              ListObjectsResponse.builder()
                  .name(bucket.name())
                  .prefix(rules.encoded(rules.wanted().prefix()))
                  .marker(rules.encoded(marker))
                  .delimiter(rules.encodedIfGiven(input.delimiter()))
                  .maxKeys(rules.wanted().most())
                  .encodingType(input.encodingType())
                  .isTruncated(page.truncated())
                  .nextMarker(
                      page.truncated() && input.delimiter() != null
                          ? rules.encoded(last(page))
                          : null)
                  .contents(objects(page, rules, true))
                  .commonPrefixes(prefixes(page, rules))
                  .build());
        });
  }

  @Override
  public Guarded<ListObjectsV2Response> listObjectsV2(Call<ListObjectsV2Request> call) {
    ListObjectsV2Request input = call.input();
    Bucket bucket = work.buckets().require(call, input.bucket(), input.expectedBucketOwner());
    ListingRules rules =
        ListingRules.of(input.prefix(), input.delimiter(), input.maxKeys(), input.encodingType());
    String token = input.continuationToken();
    String after = token == null ? requireNonNullElse(input.startAfter(), "") : open(bucket, token);
    return Guarded.by(
        rules.check(work.access().of(call, "s3:ListBucket", bucket)),
        _ -> {
          KeyListing<ObjectVersion> page = page(bucket, rules.wanted(), after);
          return Outcome.answer(
              ListObjectsV2Response.builder()
                  .name(bucket.name())
                  .prefix(rules.encoded(rules.wanted().prefix()))
                  .startAfter(rules.encodedIfGiven(input.startAfter()))
                  .delimiter(rules.encodedIfGiven(input.delimiter()))
                  .maxKeys(rules.wanted().most())
                  .encodingType(input.encodingType())
                  .keyCount(page.items().size() + page.prefixes().size())
                  .continuationToken(token)
                  .isTruncated(page.truncated())
                  .nextContinuationToken(
                      page.truncated() ? pages.seal(tokenOf(bucket), last(page)) : null)
                  .contents(objects(page, rules, Boolean.TRUE.equals(input.fetchOwner())))
                  .commonPrefixes(prefixes(page, rules))
                  .build());
        });
  }

  private static String tokenOf(Bucket bucket) {
    return "s3/ListObjectsV2/" + bucket.name();
  }

  private String open(Bucket bucket, String token) {
    try {
      return pages.open(tokenOf(bucket), token);
    } catch (CryptoException notOurs) {
      throw S3Errors.invalidArgument(
          "continuation-token", token, "The continuation token provided is incorrect");
    }
  }

  private KeyListing<ObjectVersion> page(Bucket bucket, Wanted wanted, String after) {
    if (wanted.most() == 0) {
      return new KeyListing<>(List.of(), List.of(), null, null, false);
    }
    KeyListing.Source<ObjectVersion, Place> source = source(bucket);
    Place start = Places.after(wanted, after);
    return start == null
        ? new KeyListing<>(List.of(), List.of(), null, null, false)
        : KeyListing.page(wanted, source, start);
  }

  private KeyListing.Source<ObjectVersion, Place> source(Bucket bucket) {
    return new KeyListing.Source<>() {
      @Override
      public List<ObjectVersion> from(Place place, int limit) {
        return work.database()
            .read(handle -> work.versions().current(handle, bucket.name(), place, limit));
      }

      @Override
      public String key(ObjectVersion version) {
        return version.key();
      }

      @Override
      public Place after(ObjectVersion version) {
        return Place.after(version.key());
      }

      @Override
      public Place at(String key) {
        return Place.at(key);
      }
    };
  }

  private static String last(KeyListing<ObjectVersion> page) {
    ObjectVersion last = page.last();
    String lastPrefix = page.lastPrefix();
    return last != null ? last.key() : lastPrefix != null ? lastPrefix : "";
  }

  private static @Nullable List<S3Object> objects(
      KeyListing<ObjectVersion> page, ListingRules rules, boolean owners) {
    List<S3Object> objects =
        page.items().stream()
            .map(version ->
                S3Object.builder()
                    .key(rules.encoded(version.key()))
                    .lastModified(version.modifiedAt())
                    .eTag(ShownObject.eTag(version))
                    .size(version.size())
                    .storageClass(version.details().storageClass())
                    .checksumAlgorithm(algorithm(version))
                    .checksumType(ShownObject.checksumType(version.checksum()))
                    .owner(
                        owners
                            ? Owner.builder().id(CanonicalUser.id(version.owner())).build()
                            : null)
                    .build())
            .toList();
    return objects.isEmpty() ? null : objects;
  }

  static @Nullable List<String> algorithm(ObjectVersion version) {
    ObjectChecksum checksum = version.checksum();
    return checksum == null ? null : List.of(checksum.algorithm().name());
  }

  static @Nullable List<CommonPrefix> prefixes(KeyListing<?> page, ListingRules rules) {
    List<CommonPrefix> prefixes =
        page.prefixes().stream()
            .map(prefix -> CommonPrefix.builder().prefix(rules.encoded(prefix)).build())
            .toList();
    return prefixes.isEmpty() ? null : prefixes;
  }
}
