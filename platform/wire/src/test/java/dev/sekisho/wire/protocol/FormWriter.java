package dev.sekisho.wire.protocol;

import dev.sekisho.contract.Member;
import dev.sekisho.contract.Shape;
import dev.sekisho.contract.Shape.TimestampFormat;
import dev.sekisho.contract.Structure;
import dev.sekisho.core.Blob;
import dev.sekisho.wire.probe.Signer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes values as clients of the query protocol and of EC2's do. */
final class FormWriter {

  private final boolean ec2;
  private final List<String> pairs = new ArrayList<>();

  private FormWriter(boolean ec2) {
    this.ec2 = ec2;
  }

  static String write(Structure value, boolean ec2) {
    FormWriter writer = new FormWriter(ec2);
    writer.members("", value);
    return String.join("&", writer.pairs);
  }

  private void members(String prefix, Structure value) {
    List<Member> members = value.shape().members();
    for (int i = 0; i < members.size(); i++) {
      Member member = members.get(i);
      Object each = value.get(i);
      if (each != null) {
        String name = prefix + (ec2 ? member.wireName() : Flattening.wireName(member));
        boolean flattened = ec2 || Flattening.of(member);
        value(name, member.shape(), each, flattened, member.timestampFormat());
      }
    }
  }

  private void value(
      String name, Shape shape, Object value, boolean flattened, TimestampFormat format) {
    switch (shape) {
      case Shape.ListShape list -> {
        Shape element = list.element().get();
        String prefix = flattened ? name + "." : name + "." + list.elementName() + ".";
        int number = 0;
        for (Object each : (List<?>) value) {
          value(prefix + (++number), element, each, ec2, null);
        }
        if (number == 0) {
          pair(name, "");
        }
      }
      case Shape.MapShape map -> {
        Shape element = map.value().get();
        String prefix = flattened ? name + "." : name + ".entry.";
        int number = 0;
        for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
          number++;
          pair(prefix + number + "." + map.keyName(), (String) entry.getKey());
          value(prefix + number + "." + map.valueName(), element, entry.getValue(), ec2, null);
        }
        if (number == 0) {
          pair(name, "");
        }
      }
      default -> {
        if (value instanceof Structure structure) {
          int before = pairs.size();
          members(name + ".", structure);
          if (pairs.size() == before) {
            pair(name, "");
          }
        } else {
          pair(name, scalar(value));
        }
      }
    }
  }

  private static String scalar(Object value) {
    return switch (value) {
      case Instant time -> time.toString();
      case Blob blob -> blob.base64();
      default -> value.toString();
    };
  }

  private void pair(String name, String value) {
    pairs.add(Signer.encode(name) + "=" + Signer.encode(value));
  }
}
