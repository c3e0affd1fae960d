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
  private static final int MAX_USER = 64;

  private record Entry(ByteString hash, Client client) {}

  private final List<Entry> entries;

  private Tokens(List<Entry> entries) {
    this.entries = List.copyOf(entries);
  }

  /**
   * Reads {@code tandem.http.tokens}, a list of {@code {token, tenant, user}}; the user may be left
   * out.
   *
   * @throws ConfigException naming the entry, when a token is too short, a tenant is no name, or a
   *     user is not to be printed
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
      entries.add(new Entry(ByteString.fromArray(hash(token)), client(one, at)));
    }
    return new Tokens(entries);
  }

  private static Client client(Config one, String at) {
    TenantId tenant;
    try {
      tenant = new TenantId(one.getString("tenant"));
    } catch (IllegalArgumentException e) {
      throw new ConfigException.BadValue(at + ".tenant", String.valueOf(e.getMessage()), e);
    }
    if (!one.hasPath("user")) {
      return Client.unnamed(tenant);
    }
    String user = one.getString("user");
    if (user.isBlank()
        || user.length() > MAX_USER
        || !user.codePoints().allMatch(Tokens::isPrintable)) {
      throw new ConfigException.BadValue(
          at + ".user", "must be 1 to " + MAX_USER + " printable characters");
    }
    return new Client(tenant, user);
  }

  private static boolean isPrintable(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.UNASSIGNED,
          Character.PRIVATE_USE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }

  /** Whose token it is. */
  public Optional<Client> clientOf(String token) {
    byte[] asked = hash(token);
    Optional<Client> found = Optional.empty();
    for (Entry entry : entries) {
      if (MessageDigest.isEqual(entry.hash().toArrayUnsafe(), asked)) {
        found = Optional.of(entry.client());
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
