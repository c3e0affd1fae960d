/** How a node boots: the one {@code main}, its roles, configuration, health and metrics. */
package tandem.cluster;
