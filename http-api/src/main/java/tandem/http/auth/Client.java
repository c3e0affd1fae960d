package tandem.http.auth;

import tandem.router.domain.TenantId;

/**
 * Who makes a request.
 *
 * @param author the name under which what they write is kept
 */
public record Client(TenantId tenant, String author) {
  /** Whoever has a token that names nobody. */
  static Client unnamed(TenantId tenant) {
    return new Client(tenant, "token of " + tenant.value());
  }
}
