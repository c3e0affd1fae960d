package tandem.router.edge;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tandem.router.domain.AgentId;
import tandem.router.domain.PhoneNumber;

/**
 * A call that an agent makes: the agent's phone rings first, then that of whom it calls.
 *
 * @param shown the number that whom it calls is shown: one of the tenant's
 * @param ring how long the far phone rings
 * @param by who asked for it, as the token names them
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Outbound(
    AgentId agent,
    PhoneNumber to,
    PhoneNumber shown,
    Duration ring,
    Instant placedAt,
    @Nullable String by) {}
