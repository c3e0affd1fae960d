package tandem.cluster;

import akka.http.javadsl.model.ContentType;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.server.Directives;
import akka.http.javadsl.server.Route;
import akka.management.javadsl.ManagementRouteProvider;
import akka.management.javadsl.ManagementRouteProviderSettings;
import io.prometheus.client.exporter.common.TextFormat;

/**
 * {@code GET /metrics} on the management port, for nodes that have no API role. Named in
 * tandem/base/management.conf.
 */
public final class MetricsRoute implements ManagementRouteProvider {
  private static final ContentType.NonBinary PROMETHEUS_TEXT = prometheusText();

  @Override
  public Route routes(ManagementRouteProviderSettings settings) {
    return Directives.path(
        "metrics",
        () ->
            Directives.get(
                () ->
                    Directives.complete(
                        HttpEntities.create(
                            PROMETHEUS_TEXT, Metrics.render(TextFormat.CONTENT_TYPE_004)))));
  }

  private static ContentType.NonBinary prometheusText() {
    ContentType type = ContentTypes.parse(TextFormat.CONTENT_TYPE_004);
    if (type instanceof ContentType.NonBinary text) {
      return text;
    }
    throw new IllegalStateException("Prometheus' text type is a text");
  }
}
