package org.noports.shell;

import java.io.PrintStream;
import java.util.List;
import org.apache.karaf.shell.api.action.Action;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.console.Session;
import org.noports.api.NoPortsException;
import org.noports.protocol.json.JsonArray;
import org.noports.protocol.json.JsonObject;
import org.noports.protocol.json.JsonValue;
import org.osgi.framework.BundleContext;

/**
 * What all commands share: a failure is one line on stderr that says what to do, and an exit code;
 * never a stack trace.
 */
abstract class NoPortsAction implements Action {
  @Reference private Session session;
  @Reference private BundleContext context;

  /** Does the command's work on the shell's thread. */
  protected abstract void run() throws NoPortsException, InterruptedException;

  @Override
  public final Object execute() {
    session.put(ExitCode.VARIABLE, outcome());
    return null;
  }

  private int outcome() {
    try {
      run();
      return ExitCode.OK;
    } catch (NoPortsException e) {
      return failed(e.getMessage(), ExitCode.of(e));
    } catch (IllegalArgumentException e) {
      return failed(e.getMessage(), ExitCode.USAGE);
    } catch (InterruptedException e) {
      return ExitCode.INTERRUPTED;
    }
  }

  private int failed(String message, int code) {
    err().println("noports: " + message);
    return code;
  }

  /** For what was asked for. */
  protected PrintStream out() {
    return session.getConsole();
  }

  /** One line of JSON on stdout. */
  protected void print(JsonValue value) {
    out().println(value.toJson());
  }

  /** A JSON array of objects, in one line. */
  protected void print(List<JsonObject> objects) {
    print(new JsonArray(List.copyOf(objects)));
  }

  /** For everything else: steps, warnings, failures. Only on the command's own thread. */
  protected PrintStream err() {
    return System.err; // The shell gives each command thread an error stream of its own.
  }

  /** The one argument among {@code words}, after its options were taken out and set. */
  protected String only(String name, List<String> words) {
    List<String> plain = new Words(this).settle(words);
    if (plain.size() != 1) {
      throw new IllegalArgumentException(
          plain.isEmpty()
              ? "Which " + name + "? --help shows an example"
              : "One " + name + " is enough: " + String.join(" ", plain));
    }
    return plain.get(0);
  }

  /** The shell's session: it knows who calls. */
  protected Session session() {
    return session;
  }

  /** For secrets that the caller has to give. */
  protected Asking asking() {
    return new Asking(session, err(), here());
  }

  /** The services of this instance. */
  protected Here here() {
    return new Here(context);
  }
}
