package org.noports.shell;

import java.util.List;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;
import org.noports.api.AtSign;
import org.noports.api.NoPortsException;
import org.noports.api.policy.AccessRequest;
import org.noports.api.policy.RuleBook;

/** {@code noports:policy-who-can}: everybody who may do something. */
@Service
@Command(
    scope = "noports",
    name = "policy-who-can",
    description = "Lists everybody who may reach a place on a device",
    detailedDescription = "classpath:policy-who-can.txt")
public final class PolicyWhoCanCommand extends NoPortsAction {
  @Argument(
      required = true,
      name = "place",
      description = "Which device, and where to: @device dev1 localhost:22",
      multiValued = true)
  private List<String> words = List.of();

  @Option(name = "--at", description = "When: 03:00 today or 2026-11-21T03:00, in the book's zone")
  private String at;

  @Option(name = "--kind", description = "ping, tunnel, udp, listen, ssh or public-key")
  private String kind = "tunnel";

  @Option(name = "--group", description = "The device's group")
  private String group = "__none__";

  @Option(name = "--tag", description = "One of the device's tags", multiValued = true)
  private List<String> tags = List.of();

  @Option(name = "--address", description = "What the place's name is resolved to")
  private String address;

  @Option(name = "--level", description = "How the session is protected: L0 to L3")
  private String level;

  @Option(name = "--observed", description = "Where the relay sees the client, or 'pending'")
  private String observed;

  @Option(name = "--country", description = "The country of that address")
  private String country;

  @Option(name = "--book", description = "The file of another book than the one in force")
  private String file;

  @Option(name = "--json", description = "Print as JSON")
  private boolean json;

  @Override
  protected void run() throws NoPortsException {
    List<String> plain = new Words(this).settle(words);
    RuleBook book = PolicyBook.of(here(), file);
    AccessRequest like =
        PolicyQuestion.of(AtSign.of("@anybody-else"), plain, kind, group)
            .under(
                PolicyQuestion.around(
                    PolicyQuestion.at(at, book.zone()),
                    tags,
                    address,
                    level,
                    PolicyQuestion.observed(observed, country)));
    new AccessesText(out()).print(book.whoCan(like), json);
  }
}
