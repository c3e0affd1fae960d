package tandem.http.auth;

import akka.http.javadsl.model.HttpHeader;
import akka.http.javadsl.model.HttpRequest;
import java.util.Locale;
import java.util.Optional;
import tandem.http.json.Problem;
import tandem.http.json.ProblemException;
import tandem.router.domain.TenantId;

/** From a request to whoever makes it. */
public final class Authenticator {
  private static final String SCHEME = "bearer ";

  private final Tokens tokens;

  public Authenticator(Tokens tokens) {
    this.tokens = tokens;
  }

  /**
   * Whose token the {@code Authorization} header has.
   *
   * @throws ProblemException 401 when there is none, or nobody's
   */
  public Client client(HttpRequest request) {
    return client(headerToken(request));
  }

  /** The token of the {@code Authorization: Bearer} header, if it has one. */
  public static Optional<String> headerToken(HttpRequest request) {
    return request
        .getHeader("Authorization")
        .map(HttpHeader::value)
        .filter(value -> value.toLowerCase(Locale.ROOT).startsWith(SCHEME))
        .map(value -> value.substring(SCHEME.length()).strip());
  }

  /**
   * The tenant of a token that came by whatever way.
   *
   * @throws ProblemException 401 when there is none, or nobody's
   */
  public TenantId tenant(Optional<String> token) {
    return client(token).tenant();
  }

  private Client client(Optional<String> token) {
    String text =
        token.orElseThrow(
            () ->
                new ProblemException(
                    Problem.of(401, "A bearer token is needed: Authorization: Bearer <token>.")));
    return tokens
        .clientOf(text)
        .orElseThrow(() -> new ProblemException(Problem.of(401, "The token is not known.")));
  }
}
