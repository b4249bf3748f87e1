package dev.sekisho.s3;

import static java.util.Objects.requireNonNullElse;

import dev.sekisho.contract.s3.DeleteMarkerEntry;
import dev.sekisho.contract.s3.ListObjectVersionsRequest;
import dev.sekisho.contract.s3.ListObjectVersionsResponse;
import dev.sekisho.contract.s3.Owner;
import dev.sekisho.core.Call;
import dev.sekisho.core.Guarded;
import dev.sekisho.core.Outcome;
import dev.sekisho.s3.KeyListing.Wanted;
import dev.sekisho.s3.VersionStore.Place;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists all versions of a bucket's keys, each key's newest first. */
final class VersionLists {

  private final ObjectWork work;

  VersionLists(ObjectWork work) {
    this.work = work;
  }

  Guarded<ListObjectVersionsResponse> listObjectVersions(Call<ListObjectVersionsRequest> call) {
    ListObjectVersionsRequest input = call.input();
    Bucket bucket = work.buckets().require(call, input.bucket(), input.expectedBucketOwner());
    ListingRules rules =
        ListingRules.of(input.prefix(), input.delimiter(), input.maxKeys(), input.encodingType());
    if (input.versionIdMarker() != null && requireNonNullElse(input.keyMarker(), "").isEmpty()) {
      throw S3Errors.invalidArgument(
          "version-id-marker",
          input.versionIdMarker(),
          "A version-id marker cannot be specified without a key marker.");
    }
    return Guarded.by(
        rules.check(work.access().of(call, "s3:ListBucketVersions", bucket)),
        _ -> Outcome.answer(shown(bucket, rules, input)));
  }

  private ListObjectVersionsResponse shown(
      Bucket bucket, ListingRules rules, ListObjectVersionsRequest input) {
    Place start = start(bucket, rules.wanted(), input);
    KeyListing<ObjectVersion> page =
        start == null || rules.wanted().most() == 0
            ? new KeyListing<>(List.of(), List.of(), null, null, false)
            : KeyListing.page(rules.wanted(), source(bucket), start);
    List<dev.sekisho.contract.s3.ObjectVersion> versions = new ArrayList<>();
    List<DeleteMarkerEntry> markers = new ArrayList<>();
    for (ObjectVersion version : page.items()) {
      if (version.deleteMarker()) {
        markers.add(marker(version, rules));
      } else {
        versions.add(version(version, rules));
      }
    }
    ObjectVersion last = page.truncated() ? page.last() : null;
    String lastPrefix = page.truncated() ? page.lastPrefix() : null;
    return ListObjectVersionsResponse.builder()
        .name(bucket.name())
        .prefix(rules.encoded(rules.wanted().prefix()))
        .delimiter(rules.encodedIfGiven(input.delimiter()))
        .maxKeys(rules.wanted().most())
        .encodingType(input.encodingType())
        .keyMarker(rules.encoded(requireNonNullElse(input.keyMarker(), "")))
        .versionIdMarker(requireNonNullElse(input.versionIdMarker(), ""))
        .isTruncated(page.truncated())
        .nextKeyMarker(rules.encodedIfGiven(last != null ? last.key() : lastPrefix))
        .nextVersionIdMarker(last == null ? null : last.versionId())
        .versions(versions.isEmpty() ? null : versions)
        .deleteMarkers(markers.isEmpty() ? null : markers)
        .commonPrefixes(ObjectLists.prefixes(page, rules))
        .build();
  }

  private @Nullable Place start(Bucket bucket, Wanted wanted, ListObjectVersionsRequest input) {
    String key = requireNonNullElse(input.keyMarker(), "");
    String versionId = input.versionIdMarker();
    if (versionId == null || versionId.isEmpty()) {
      return Places.after(wanted, key);
    }
    return work.find(bucket, key, versionId)
        .map(version -> new Place(key, version.age()))
        // Whoever deletes what a page has shown goes on from a version that is gone.
        .orElseGet(() -> Place.at(key));
  }

  private KeyListing.Source<ObjectVersion, Place> source(Bucket bucket) {
    return new KeyListing.Source<>() {
      @Override
      public List<ObjectVersion> from(Place place, int limit) {
        return work.database()
            .read(handle -> work.versions().versions(handle, bucket.name(), place, limit));
      }

      @Override
      public String key(ObjectVersion version) {
        return version.key();
      }

      @Override
      public Place after(ObjectVersion version) {
        return new Place(version.key(), version.age());
      }

      @Override
      public Place at(String key) {
        return Place.at(key);
      }
    };
  }

  private static Owner owner(ObjectVersion version) {
    return Owner.builder().id(CanonicalUser.id(version.owner())).build();
  }

  private static DeleteMarkerEntry marker(ObjectVersion version, ListingRules rules) {
    return DeleteMarkerEntry.builder()
        .key(rules.encoded(version.key()))
        .versionId(version.versionId())
        .isLatest(version.latest())
        .lastModified(version.modifiedAt())
        .owner(owner(version))
        .build();
  }

  private static dev.sekisho.contract.s3.ObjectVersion version(
      ObjectVersion version, ListingRules rules) {
    return dev.sekisho.contract.s3.ObjectVersion.builder()
        .key(rules.encoded(version.key()))
        .versionId(version.versionId())
        .isLatest(version.latest())
        .lastModified(version.modifiedAt())
        .eTag(ShownObject.eTag(version))
        .size(version.size())
        .storageClass(version.details().storageClass())
        .checksumAlgorithm(ObjectLists.algorithm(version))
        .checksumType(ShownObject.checksumType(version.checksum()))
        .owner(owner(version))
        .build();
  }
}
