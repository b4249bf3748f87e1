package dev.sekisho.contract.gen;

/** Writes the page that says which operations of a service are served. */
final class CoveragePage {

  private CoveragePage() {}

  static String of(Service service) {
    int all = service.served().size() + service.unserved().size();
    StringBuilder page = new StringBuilder();
    page.append("# ").append(service.metadata().get("serviceFullName").asText()).append("\n\n");
    page.append("Generated from the contract; do not edit. API version ");
    page.append(service.metadata().get("apiVersion").asText()).append(".\n\n");
    page.append(service.served().size()).append(" of ").append(all);
    page.append(" operations are served. The others answer 501 `NotImplemented`.\n\n## Served\n\n");
    service.served().forEach(name -> page.append("- ").append(name).append('\n'));
    page.append("\n## Not served\n\n");
    service.unserved().forEach(name -> page.append("- ").append(name).append('\n'));
    return page.toString();
  }
}
