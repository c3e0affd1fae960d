package tandem.cli;

import tandem.cli.client.ApiClient;
import tandem.cli.stack.Home;
import tandem.cli.stack.Services;

/** What {@code up} says when everything is there. */
final class Welcome {
  private Welcome() {}

  static void print(ApiClient api, Home home, Services services, String sip) {
    String where =
        services.simulator() == null ? sip : "127.0.0.1:" + services.simulator().sipPort();
    System.out.printf(
        """

        Tandem is up.

          Address   %1$s   (documents: %1$s/docs)
          Token     %2$s   (tenant demo)
          SIP       %3$s   (+14155550100 support, +14155550101 sales, +14155550102 billing)
          Logs      %4$s

        Three things to try, in another terminal:

          ./tandem call +14155550100
          curl -H 'Authorization: Bearer %2$s' %1$s/api/v1/agents
          ./tandem feed

        Ctrl-C stops everything; the data stays for the next ./tandem up.
        """,
        api.base(), api.token(), where, home.folder());
    System.out.flush();
  }
}
