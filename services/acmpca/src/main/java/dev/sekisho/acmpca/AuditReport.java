package dev.sekisho.acmpca;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.sekisho.core.Blob;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bouncycastle.asn1.x509.Certificate;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * An audit report's text.
 *
 * @see <a href="https://docs.aws.amazon.com/privateca/latest/userguide/PcaAuditReport.html">Audit
 *     reports</a>
 */
final class AuditReport {

  private static final JsonFactory JSON = new JsonFactory();
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxx").withZone(ZoneOffset.UTC);
  private static final int PAGE = 1_000;
  private static final List<String> COLUMNS =
      List.of(
          "awsAccountId",
          "requestedByServicePrincipal",
          "certificateArn",
          "serial",
          "subject",
          "notBefore",
          "notAfter",
          "issuedAt",
          "revokedAt",
          "revocationReason",
          "templateArn");

  private AuditReport() {}

  static Blob of(Handle handle, StoredAuthority authority, boolean json) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (Rows rows = json ? new JsonRows(bytes) : new CsvRows(bytes)) {
      String after = "";
      List<IssuedCertificate> page;
      do {
        page = CertificateStore.page(handle, authority.arn(), after, PAGE);
        for (IssuedCertificate each : page) {
          rows.add(row(authority, each));
          after = each.serial();
        }
      } while (page.size() == PAGE);
    } catch (IOException impossible) {
      throw new UncheckedIOException("writing to memory failed", impossible);
    }
    return Blob.of(bytes.toByteArray());
  }

  private static Map<String, @Nullable String> row(
      StoredAuthority authority, IssuedCertificate issued) {
    Certificate certificate = Certificate.getInstance(issued.certificate().bytes());
    Map<String, @Nullable String> row = new LinkedHashMap<>();
    row.put("awsAccountId", authority.account().value());
    row.put("requestedByServicePrincipal", issued.requestedBy());
    row.put("certificateArn", issued.arn());
    row.put("serial", issued.serial().replaceAll("(..)(?!$)", "$1:"));
    row.put("subject", certificate.getSubject().toString());
    row.put("notBefore", time(certificate.getStartDate().getDate().toInstant()));
    row.put("notAfter", time(issued.notAfter()));
    row.put("issuedAt", time(issued.issuedAt()));
    row.put("revokedAt", time(issued.revokedAt()));
    row.put("revocationReason", issued.reason());
    row.put("templateArn", issued.template());
    return row;
  }

  private static @Nullable String time(@Nullable Instant instant) {
    return instant == null ? null : TIME.format(instant);
  }

  private interface Rows extends AutoCloseable {
    void add(Map<String, @Nullable String> row) throws IOException;

    @Override
    void close() throws IOException;
  }

  private static final class JsonRows implements Rows {
    private final JsonGenerator json;

    JsonRows(ByteArrayOutputStream bytes) throws IOException {
      json = JSON.createGenerator(bytes);
      json.writeStartArray();
    }

    @Override
    public void add(Map<String, @Nullable String> row) throws IOException {
      json.writeStartObject();
      for (Map.Entry<String, @Nullable String> each : row.entrySet()) {
        if (each.getValue() != null) {
          json.writeStringField(each.getKey(), each.getValue());
        }
      }
      json.writeEndObject();
    }

    @Override
    public void close() throws IOException {
      json.writeEndArray();
      json.close();
    }
  }

  private static final class CsvRows implements Rows {
    private final ByteArrayOutputStream bytes;

    CsvRows(ByteArrayOutputStream bytes) throws IOException {
      this.bytes = bytes;
      write(COLUMNS);
    }

    @Override
    public void add(Map<String, @Nullable String> row) throws IOException {
      write(COLUMNS.stream().map(row::get).toList());
    }

    private void write(Iterable<@Nullable String> values) throws IOException {
      StringWriter line = new StringWriter();
      String between = "";
      for (String value : values) {
        line.append(between);
        between = ",";
        if (value != null) {
          line.append('"').append(value.replace("\"", "\"\"")).append('"');
        }
      }
      bytes.write(line.append('\n').toString().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void close() {
      // There is nothing but memory.
    }
  }
}
