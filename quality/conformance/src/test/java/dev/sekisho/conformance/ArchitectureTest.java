package dev.sekisho.conformance;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URLConnection;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Who may know whom, as docs/architecture.md says. */
class ArchitectureTest {

  private static final List<String> SERVICES =
      List.of(
          "accessanalyzer",
          "acm",
          "acmpca",
          "cloudtrail",
          "ec2",
          "iam",
          "kms",
          "organizations",
          "s3",
          "secretsmanager",
          "sts");
  private static final List<String> ENGINES = List.of("policy", "crypto", "federation");
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("dev.sekisho");

  private static String[] packages(Stream<String> names) {
    return names.map(name -> "dev.sekisho." + name + "..").toArray(String[]::new);
  }

  @Test
  void everyPartWasRead() {
    for (String part :
        List.of("core", "contract", "wire", "store", "events", "server", "policy", "kms")) {
      assertThat(
              CLASSES.stream().anyMatch(c -> c.getPackageName().startsWith("dev.sekisho." + part)))
          .as(part)
          .isTrue();
    }
  }

  @Test
  void servicesDoNotKnowOneAnother() {
    for (String service : SERVICES) {
      noClasses()
          .that()
          .resideInAPackage("dev.sekisho." + service + "..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(packages(SERVICES.stream().filter(other -> !other.equals(service))))
          .check(CLASSES);
    }
  }

  @Test
  void servicesDoNotKnowTheWireOrTheServer() {
    noClasses()
        .that()
        .resideInAnyPackage(packages(SERVICES.stream()))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.sekisho.wire..", "dev.sekisho.server..", "org.eclipse.jetty..")
        .check(CLASSES);
  }

  @Test
  void enginesKnowNoSqlNoHttpAndNoService() {
    noClasses()
        .that()
        .resideInAnyPackage(packages(ENGINES.stream()))
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            Stream.concat(
                    Stream.of(
                        "java.sql..",
                        "java.net.http..",
                        "org.jdbi..",
                        "org.eclipse.jetty..",
                        "dev.sekisho.store..",
                        "dev.sekisho.events..",
                        "dev.sekisho.wire..",
                        "dev.sekisho.server.."),
                    Stream.of(packages(SERVICES.stream())))
                .toArray(String[]::new))
        .orShould()
        .dependOnClassesThat()
        .belongToAnyOf(Socket.class, ServerSocket.class, URLConnection.class)
        .check(CLASSES);
  }

  @Test
  void coreKnowsNobody() {
    noClasses()
        .that()
        .resideInAPackage("dev.sekisho.core..")
        .should()
        .dependOnClassesThat()
        .resideOutsideOfPackages("java..", "dev.sekisho.core..", "org.jspecify..")
        .check(CLASSES);
  }

  @Test
  void onlyTheServerKnowsJettyBesideTheWire() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.sekisho.wire.http..", "dev.sekisho.bench..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.eclipse.jetty..")
        .check(CLASSES);
  }

  @Test
  void onlyCoreReadsTheClockAndRandomness() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            "dev.sekisho.core..", "dev.sekisho.bench..", "dev.sekisho.testing..")
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Clock.class, "systemUTC")
        .orShould()
        .callConstructor(SecureRandom.class)
        .check(CLASSES);
  }
}
