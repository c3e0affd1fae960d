package tandem.http.auth;

import akka.util.ByteString;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tandem.router.domain.TenantId;

/**
 * The single owner of the bearer tokens. Only their hashes are kept, and every lookup compares all
 * of them in constant time, so that neither time nor a heap dump tells a token.
 */
public final class Tokens {
  private static final String PATH = "tandem.http.tokens";
  private static final int MIN_LENGTH = 8;

  private record Entry(ByteString hash, TenantId tenant) {}

  private final List<Entry> entries;

  private Tokens(List<Entry> entries) {
    this.entries = List.copyOf(entries);
  }

  /**
   * Reads {@code tandem.http.tokens}, a list of {@code {token, tenant}}.
   *
   * @throws ConfigException naming the entry, when a token is too short or a tenant is no name
   */
  public static Tokens from(Config config) {
    List<Entry> entries = new ArrayList<>();
    for (Config one : config.getConfigList(PATH)) {
      String token = one.getString("token");
      String at = PATH + '[' + entries.size() + ']';
      if (token.length() < MIN_LENGTH) {
        throw new ConfigException.BadValue(
            at + ".token", "must have at least " + MIN_LENGTH + " characters");
      }
      try {
        entries.add(
            new Entry(ByteString.fromArray(hash(token)), new TenantId(one.getString("tenant"))));
      } catch (IllegalArgumentException e) {
        throw new ConfigException.BadValue(at + ".tenant", String.valueOf(e.getMessage()), e);
      }
    }
    return new Tokens(entries);
  }

  /** Whose token it is. */
  public Optional<TenantId> tenantOf(String token) {
    byte[] asked = hash(token);
    Optional<TenantId> found = Optional.empty();
    for (Entry entry : entries) {
      if (MessageDigest.isEqual(entry.hash().toArrayUnsafe(), asked)) {
        found = Optional.of(entry.tenant());
      }
    }
    return found;
  }

  private static byte[] hash(String token) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
