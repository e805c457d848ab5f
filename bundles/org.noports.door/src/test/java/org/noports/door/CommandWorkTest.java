package org.noports.door;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.junit.Assert.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.apache.felix.gogo.runtime.threadio.ThreadIOImpl;
import org.apache.karaf.shell.api.console.Command;
import org.apache.karaf.shell.api.console.Completer;
import org.apache.karaf.shell.api.console.Parser;
import org.apache.karaf.shell.api.console.Session;
import org.apache.karaf.shell.impl.console.SessionFactoryImpl;
import org.apache.karaf.shell.support.CommandException;
import org.junit.After;
import org.junit.AfterClass;
import org.junit.Before;
import org.junit.BeforeClass;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;
import org.noports.api.SessionRefused;
import org.noports.door.wire.Frame;
import org.noports.door.wire.FrameKind;
import org.noports.door.wire.Greeting;
import org.noports.door.wire.WindowSize;

/** Karaf's own session factory behind a real socket; the commands are the test's. */
public class CommandWorkTest {
  @Rule public final Timeout limit = Timeout.seconds(20);
  @Rule public final OpenDoor door = new OpenDoor();
  private static final ThreadIOImpl STREAMS = new ThreadIOImpl();
  private static SessionFactoryImpl shell;
  private final List<Command> commands = new ArrayList<>();

  /** What a command does. */
  private interface Body {
    Object run(Session session, List<Object> arguments) throws Exception;
  }

  /** A command by its name and what it does. */
  private record Named(String getName, Body body) implements Command {
    @Override
    public Object execute(Session session, List<Object> arguments) throws Exception {
      return body.run(session, arguments);
    }

    @Override
    public String getScope() {
      return "noports";
    }

    @Override
    public String getName() {
      return getName;
    }

    @Override
    public String getDescription() {
      return "";
    }

    @Override
    public Completer getCompleter(boolean scoped) {
      return null;
    }

    @Override
    public Parser getParser() {
      return null;
    }
  }

  /** Once: it takes the JVM's standard streams over. */
  @BeforeClass
  public static void openShell() {
    STREAMS.start();
    shell = new SessionFactoryImpl(STREAMS);
  }

  @AfterClass
  public static void closeShell() {
    shell.stop();
    STREAMS.stop();
  }

  @Before
  public void passCommandsToTheShell() {
    door.work = new CommandWork(shell, new DoorLog());
  }

  @After
  public void forgetCommands() {
    commands.forEach(shell::unregister);
  }

  @Test
  public void noCharacterOfAnArgumentMeansAnythingToTheShell() throws Exception {
    command("echo", (session, arguments) -> say(arguments));
    String[] odd = {"echo", "", "a b", "\"", "'", "$HOME", "*", "; noports:x", "|", "{", "\\", "~"};
    try (Caller caller = door.caller().asks(odd)) {
      assertEquals(caller.err(), 0, caller.exitCode());
      assertEquals(List.of(odd).subList(1, odd.length) + "\n", caller.out());
    }
  }

  @Test
  public void anUnknownCommandIsToldWithThoseThatThereAre() throws Exception {
    command("connect", (session, arguments) -> null);
    for (String name : List.of("conect", "x; noports:connect", "$(x)", "noports:connec", "")) {
      try (Caller caller = door.caller().asks(name)) {
        assertEquals(name, Work.NOT_UNDERSTOOD, caller.exitCode());
        assertThat(caller.err(), containsString("There are: connect."));
      }
    }
  }

  @Test
  public void theCommandsExitCodeIsTheCallersToo() throws Exception {
    command(
        "fail",
        (session, arguments) -> {
          session.put("noports.exit", 10);
          return null;
        });
    try (Caller caller = door.caller().asks("fail")) {
      assertEquals(10, caller.exitCode());
    }
  }

  @Test
  @SuppressWarnings("unchecked")
  public void whatACommandAsksForIsNotShownToACallerThatCanHideIt() throws Exception {
    command(
        "secret",
        (session, arguments) -> {
          Consumer<Boolean> echo = (Consumer<Boolean>) session.get("noports.echo");
          if (echo == null) {
            return "cannot hide";
          }
          echo.accept(false);
          echo.accept(true);
          return "hidden";
        });
    try (Caller caller = door.caller().asks("secret")) {
      assertEquals(0, caller.exitCode());
      assertEquals(List.of(0, 1), caller.echo);
    }
    Greeting older = new Greeting(Greeting.Mode.COMMAND, "dumb", WindowSize.USUAL, false);
    try (Caller caller =
        door.caller().sends(older.frame()).sends(Frame.arguments(List.of("secret")))) {
      assertEquals(0, caller.exitCode());
      assertEquals(List.of(), caller.echo);
    }
  }

  @Test
  public void aRefusalIsItsMessageAlone() throws Exception {
    command(
        "refused",
        (session, arguments) -> {
          throw new SessionRefused("dev1@device refuses: not permitted");
        });
    try (Caller caller = door.caller().asks("refused")) {
      assertEquals(Work.FAILED, caller.exitCode());
      assertEquals("dev1@device refuses: not permitted\n", caller.err());
    }
  }

  @Test
  public void wrongUseIsNotUnderstood() throws Exception {
    command(
        "strict",
        (session, arguments) -> {
          throw new CommandException("undefined option --x");
        });
    try (Caller caller = door.caller().asks("strict", "--x")) {
      assertEquals(Work.NOT_UNDERSTOOD, caller.exitCode());
      assertThat(caller.err(), containsString("undefined option --x"));
    }
  }

  @Test
  public void aCommandLearnsWhoCalls() throws Exception {
    command(
        "who",
        (session, arguments) ->
            say(session.get("noports.user") + " " + session.get("noports.restricted")));
    try (Caller caller = door.caller().asks("who")) {
      assertEquals(0, caller.exitCode());
      assertEquals(System.getProperty("user.name") + " false\n", caller.out());
    }
  }

  @Test
  public void anInterruptReachesACommandOfTheShell() throws Exception {
    command(
        "wait",
        (session, arguments) -> {
          say("waiting");
          new CountDownLatch(1).await();
          return null;
        });
    try (Caller caller = door.caller().asks("wait")) {
      caller.awaitOutput();
      caller.sends(Frame.empty(FrameKind.INTERRUPT));
      assertEquals(Work.INTERRUPTED, caller.exitCode());
    }
  }

  @Test
  public void aFirstWordIsCompletedByTheCommandsThereAre() throws Exception {
    command("sessions", (session, arguments) -> null);
    command("connect", (session, arguments) -> null);
    door.work =
        call -> {
          new Completion(shell).of(call).forEach(call.stdout()::println);
          return 0;
        };
    try (Caller caller = door.caller().asks("complete", "")) {
      caller.exitCode();
      assertEquals("connect\nsessions\n", caller.out());
    }
    try (Caller caller = door.caller().asks("complete", "unknown", "")) {
      caller.exitCode();
      assertEquals("", caller.out());
    }
  }

  private static Object say(Object text) {
    System.out.println(text);
    return null;
  }

  private void command(String name, Body body) {
    Named command = new Named(name, body);
    commands.add(command);
    shell.register(command);
  }
}
