package dev.sekisho.contract;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A member of a structure: its name, where it travels, and its shape. */
public final class Member {

  /** Where a member travels. */
  public enum Location {
    BODY,
    HEADER,
    /** A map whose entries become headers with a common prefix. */
    HEADERS,
    URI,
    QUERY_STRING,
    STATUS_CODE
  }

  private final String name;
  private final String wireName;
  private final @Nullable String queryName;
  private final Location location;
  private final boolean required;
  private final boolean payload;
  private final boolean idempotencyToken;
  private final boolean xmlAttribute;
  private final boolean flattened;
  private final boolean sensitive;
  private final Shape.@Nullable TimestampFormat timestampFormat;
  private final Supplier<? extends Shape> supplier;
  private volatile @Nullable Shape shape;

  private Member(Builder builder) {
    name = builder.name;
    wireName = builder.wireName;
    queryName = builder.queryName;
    location = builder.location;
    required = builder.required;
    payload = builder.payload;
    idempotencyToken = builder.idempotencyToken;
    xmlAttribute = builder.xmlAttribute;
    flattened = builder.flattened;
    sensitive = builder.sensitive;
    timestampFormat = builder.timestampFormat;
    supplier = builder.shape;
  }

  /** The member's name in the model, for example {@code KeyId}. */
  public String name() {
    return name;
  }

  /** Its name on the wire: the model's locationName, else its name. */
  public String wireName() {
    return wireName;
  }

  /** The EC2 protocol's own name for inputs, where the model gives one. */
  public @Nullable String queryName() {
    return queryName;
  }

  public Location location() {
    return location;
  }

  public boolean required() {
    return required;
  }

  /** Whether this member alone is the body of an HTTP message. */
  public boolean payload() {
    return payload;
  }

  public boolean idempotencyToken() {
    return idempotencyToken;
  }

  public boolean xmlAttribute() {
    return xmlAttribute;
  }

  /** Whether the member's list or map is written without a wrapping element. */
  public boolean flattened() {
    return flattened;
  }

  /** Whether the member, or its shape, must not appear in logs, events or messages. */
  public boolean sensitive() {
    return sensitive || shape().sensitive();
  }

  public Shape.@Nullable TimestampFormat timestampFormat() {
    return timestampFormat;
  }

  /** The member's shape; resolved at first use, for shapes may be recursive. */
  public Shape shape() {
    Shape known = shape;
    if (known == null) {
      known = supplier.get();
      shape = known;
    }
    return known;
  }

  @Override
  public String toString() {
    return name;
  }

  /** A member in the body under its own name; further traits follow by the builder's methods. */
  public static Builder of(String name, Supplier<? extends Shape> shape) {
    return new Builder(name, shape);
  }

  /** Collects the traits of a member. */
  public static final class Builder {
    private final String name;
    private final Supplier<? extends Shape> shape;
    private String wireName;
    private @Nullable String queryName;
    private Location location = Location.BODY;
    private boolean required;
    private boolean payload;
    private boolean idempotencyToken;
    private boolean xmlAttribute;
    private boolean flattened;
    private boolean sensitive;
    private Shape.@Nullable TimestampFormat timestampFormat;

    private Builder(String name, Supplier<? extends Shape> shape) {
      this.name = name;
      this.wireName = name;
      this.shape = shape;
    }

    public Builder wireName(String value) {
      wireName = value;
      return this;
    }

    public Builder queryName(String value) {
      queryName = value;
      return this;
    }

    public Builder in(Location value) {
      location = value;
      return this;
    }

    public Builder required() {
      required = true;
      return this;
    }

    public Builder payload() {
      payload = true;
      return this;
    }

    public Builder idempotencyToken() {
      idempotencyToken = true;
      return this;
    }

    public Builder xmlAttribute() {
      xmlAttribute = true;
      return this;
    }

    public Builder flattened() {
      flattened = true;
      return this;
    }

    public Builder sensitive() {
      sensitive = true;
      return this;
    }

    public Builder timestampFormat(Shape.TimestampFormat value) {
      timestampFormat = value;
      return this;
    }

    public Member build() {
      return new Member(this);
    }
  }
}
