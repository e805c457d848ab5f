package org.noports.policy.rules;

import java.lang.reflect.Proxy;
import java.nio.file.Path;
import org.noports.api.policy.RuleBook;

/** The evaluator of a book in a file, as a machine's configuration names it. */
public final class BookAtHome implements AutoCloseable {
  public final RulesPolicy policy = new RulesPolicy();

  /** Takes the book into force. */
  public BookAtHome(Path book, String managers) {
    policy.configure(
        (RulesPolicy.Config)
            Proxy.newProxyInstance(
                RulesPolicy.Config.class.getClassLoader(),
                new Class<?>[] {RulesPolicy.Config.class},
                (proxy, method, arguments) ->
                    switch (method.getName()) {
                      case "book" -> book.toString();
                      case "managers" -> managers;
                      default -> method.getDefaultValue();
                    }));
    policy.look();
  }

  public RuleBook inForce() {
    return policy.inForce().orElseThrow(() -> new AssertionError(policy.check().message()));
  }

  @Override
  public void close() {
    policy.stop();
  }
}
