package dev.sekisho.contract.gen;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableSet;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Generates the contract.
 *
 * <p>Arguments: the contract module's folder, the folder for Java files, the folder for coverage
 * pages.
 */
public final class Emitter {

  static final String GENERATED =
      "@javax.annotation.processing.Generated(\"dev.sekisho.contract.gen.Emitter\")\n";

  /**
   * What is generated.
   *
   * @param id the SDK's name
   * @param prefix what the generated classes' names begin with
   * @param model the model in the jar, or the name of the client's interface where there is none
   */
  private record Source(String id, String prefix, String model) {}

  private static final List<Source> SOURCES =
      List.of(
          new Source("accessanalyzer", "AccessAnalyzer", "accessanalyzer-2019-11-01"),
          new Source("acm", "Acm", "acm-2015-12-08"),
          new Source("acmpca", "AcmPca", "acm-pca-2017-08-22"),
          new Source("cloudtrail", "CloudTrail", "cloudtrail-2013-11-01"),
          new Source("ec2", "Ec2", "ec2-2016-11-15"),
          new Source("iam", "Iam", "iam-2010-05-08"),
          new Source("kms", "Kms", "kms-2014-11-01"),
          new Source("organizations", "Organizations", "organizations-2016-11-28"),
          new Source("s3", "S3", "software.amazon.awssdk.services.s3.S3Client"),
          new Source("secretsmanager", "SecretsManager", "secretsmanager-2017-10-17"),
          new Source("sts", "Sts", "sts-2011-06-15"));

  private Emitter() {}

  public static void main(String[] arguments) throws IOException {
    Path contract = Path.of(arguments[0]);
    Path java = Path.of(arguments[1]);
    Path pages = Path.of(arguments[2]);
    Set<Path> written = new HashSet<>();
    for (Source source : SOURCES) {
      emit(source, contract, java, pages, written);
    }
    sweep(java, written);
  }

  /** Takes away what an earlier run made and this one did not. */
  private static void sweep(Path java, Set<Path> written) throws IOException {
    List<Path> stale;
    try (Stream<Path> files = Files.walk(java)) {
      stale = files.filter(file -> Files.isRegularFile(file) && !written.contains(file)).toList();
    }
    for (Path file : stale) {
      Files.delete(file);
    }
  }

  private static void emit(Source source, Path contract, Path java, Path pages, Set<Path> written)
      throws IOException {
    ObjectNode model =
        ModelReader.read(
            source.model(), contract.resolve("src/main/overlay/" + source.id() + ".json"));
    Families families =
        Families.read(contract.resolve("src/main/operations/" + source.id() + ".txt"));
    Service service = new Service(source.id(), source.prefix(), model, families);
    service.completeStructures();
    NavigableSet<String> closure = service.closure();
    Path folder = java.resolve(service.packageName().replace('.', '/'));
    ApiEmitter api = new ApiEmitter(service);
    write(written, folder.resolve("package-info.java"), packageInfo(service));
    write(written, folder.resolve(service.prefix() + "Api.java"), api.emitInterface());
    write(written, folder.resolve(service.prefix() + "Model.java"), api.emitModel());
    write(
        written,
        folder.resolve(service.prefix() + "Shapes.java"),
        new ShapesEmitter(service).emit(closure));
    for (String name : closure) {
      if (service.shape(name).get("type").asText().equals("structure")) {
        write(
            written,
            folder.resolve(JavaNames.type(name) + ".java"),
            new StructureEmitter(service, name).emit());
      }
    }
    write(written, pages.resolve(source.id() + ".md"), CoveragePage.of(service));
  }

  private static String packageInfo(Service service) {
    return "/** The generated contract of "
        + service.prefix()
        + ". */\n@org.jspecify.annotations.NullMarked\npackage "
        + service.packageName()
        + ";\n";
  }

  /** Leaves a file alone that is right already, so that nothing is compiled for nothing. */
  private static void write(Set<Path> written, Path file, String content) throws IOException {
    written.add(file);
    Files.createDirectories(file.getParent());
    if (!Files.exists(file) || !Files.readString(file).equals(content)) {
      Files.writeString(file, content);
    }
  }
}
