package dev.sekisho.server;

import dev.sekisho.acm.AcmService;
import dev.sekisho.acmpca.AcmPcaService;
import dev.sekisho.cloudtrail.CloudTrailService;
import dev.sekisho.iam.IamPrincipals;
import dev.sekisho.kms.KmsService;
import dev.sekisho.s3.S3Service;
import dev.sekisho.store.SealedColumn;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** Everything stored that the keyring has sealed. A test holds the list to what services write. */
final class SealedValues {

  static final List<SealedColumn> COLUMNS =
      Stream.of(
              AcmPcaService.SEALED,
              AcmService.SEALED,
              CloudTrailService.SEALED,
              IamPrincipals.SEALED,
              KmsService.SEALED,
              S3Service.SEALED)
          .flatMap(List::stream)
          .toList();

  private SealedValues() {}

  /** How many values each key has sealed, by its number. */
  static Map<Integer, Long> count(Handle handle) {
    Map<Integer, Long> counts = new TreeMap<>();
    COLUMNS.forEach(column ->
        column.count(handle).forEach((number, count) -> counts.merge(number, count, Long::sum)));
    KeyringCheck.number(handle).ifPresent(number -> counts.merge(number, 1L, Long::sum));
    return counts;
  }
}
