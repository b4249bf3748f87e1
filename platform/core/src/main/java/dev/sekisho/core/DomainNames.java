package dev.sekisho.core;

import java.io.IOException;
import java.util.List;

/** The Domain Name System as services ask it, by a resolver that the administrator names. */
public interface DomainNames {

  /** Nobody was named: no name has an answer. */
  DomainNames NONE = _ -> List.of();

  /**
   * The names that a name is an alias of ({@code CNAME}), each with a dot at its end; none when it
   * is not there.
   *
   * @throws IOException when the resolver does not answer
   */
  List<String> aliases(String name) throws IOException;
}
