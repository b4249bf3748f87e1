package dev.sekisho.server.outside;

import dev.sekisho.core.DomainNames;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Message;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.Resolver;
import org.xbill.DNS.Section;
import org.xbill.DNS.SimpleResolver;
import org.xbill.DNS.Type;

/**
 * The Domain Name System by the one resolver that the administrator named; the machine's own is
 * never asked.
 *
 * @param address of the resolver
 */
public record DnsResolver(InetSocketAddress address) implements DomainNames {

  private static final int PORT = 53;
  private static final int LARGEST_PORT = 65_535;
  private static final Duration TIMEOUT = Duration.ofSeconds(3);

  /**
   * Reads {@code ADDRESS} or {@code ADDRESS:PORT}.
   *
   * @param option what named it, for the refusal
   * @throws IllegalArgumentException with a message for the person
   */
  public static DnsResolver parse(String option, String value) {
    int colon = value.lastIndexOf(':');
    boolean port = colon > 0 && !value.endsWith("]");
    String host = port ? value.substring(0, colon) : value;
    try {
      int number = port ? Integer.parseInt(value.substring(colon + 1)) : PORT;
      if (number > 0 && number <= LARGEST_PORT && host.matches("[0-9.]+|\\[[0-9a-fA-F:.]+\\]")) {
        return new DnsResolver(InetSocketAddress.createUnresolved(host, number));
      }
    } catch (NumberFormatException notANumber) {
      // The same refusal as for a number out of range.
    }
    throw new IllegalArgumentException(
        option + " takes an IP address and perhaps a port, such as 192.0.2.53:53, not " + value);
  }

  @Override
  public List<String> aliases(String name) throws IOException {
    Message query =
        Message.newQuery(Record.newRecord(Name.fromString(name), Type.CNAME, DClass.IN));
    Message answer = resolver().send(query);
    return answer.getSection(Section.ANSWER).stream()
        .filter(CNAMERecord.class::isInstance)
        .map(alias -> ((CNAMERecord) alias).getTarget().toString())
        .toList();
  }

  private Resolver resolver() throws UnknownHostException {
    Resolver resolver =
        new SimpleResolver(
            new InetSocketAddress(
                InetAddress.getByName(address.getHostString()), address.getPort()));
    resolver.setTimeout(TIMEOUT);
    return resolver;
  }
}
