package org.noports.door.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.noports.door.cli.DoorCall.Streams;
import org.noports.door.wire.Frame;
import org.noports.door.wire.FrameKind;
import org.noports.door.wire.Greeting;
import org.noports.door.wire.Greeting.Mode;
import org.noports.door.wire.WindowSize;

/** {@code noports COMMAND …}: see {@code bin/noports}, which starts this. */
public final class Main {
  private static final int INTERRUPTED = 130;
  private static final int NOT_RUNNING = 3;

  /** Commands that take this program's bytes past the shell. */
  private static final Set<String> RAW = Set.of("proxy", "ssh", "cp");

  /** Those of them that a person sits before. */
  private static final Set<String> WITH_TERMINAL = Set.of("ssh", "cp");

  private final Surroundings surroundings;
  private final Streams streams;
  private int interrupts;

  private Main(Surroundings surroundings, Streams streams) {
    this.surroundings = surroundings;
    this.streams = streams;
  }

  public static void main(String[] arguments) {
    int code;
    try {
      code = new Main(Surroundings.current(), Streams.standard()).run(Arrays.asList(arguments));
    } catch (IOException e) {
      System.err.println("noports: " + e.getMessage());
      code = 1;
    }
    System.out.flush();
    // Not exit(): nothing here needs a shutdown hook, and a read on the terminal may hold one up.
    Runtime.getRuntime().halt(code);
  }

  private int run(List<String> arguments) throws IOException {
    String first = arguments.isEmpty() ? "" : arguments.get(0);
    return switch (first) {
      case "" -> surroundings.typing() && surroundings.showing() ? console() : help(arguments);
      case "help", "--help", "-h" -> help(arguments);
      case "--version", "-V", "version" -> new Version(surroundings, streams).print();
      case "up" -> up();
      case "down" -> down();
      case "status" -> status();
      case "console" -> console();
      case "__complete" -> complete(arguments.subList(1, arguments.size()));
      default -> RAW.contains(first) ? raw(arguments) : command(arguments);
    };
  }

  private int help(List<String> arguments) throws IOException {
    if (arguments.size() > 1) {
      List<String> asked = List.of(arguments.get(1), "--help");
      return RAW.contains(arguments.get(1)) ? raw(asked) : command(asked);
    }
    streams.out().print(Usage.TEXT);
    streams.out().flush();
    try (DoorCall call = reach(false)) {
      return control(call, "help");
    }
  }

  private int command(List<String> arguments) throws IOException {
    try (DoorCall call = reach(false)) {
      Signals.on("INT", () -> interrupt(call));
      Signals.on("TERM", () -> interrupt(call));
      return call.run(new Greeting(Mode.COMMAND, surroundings.terminal(), size()), arguments);
    }
  }

  /** Signals end this program as any other in a pipe; the instance sees that the caller is gone. */
  private int raw(List<String> arguments) throws IOException {
    try (DoorCall call = reach(false)) {
      if (!WITH_TERMINAL.contains(arguments.get(0))) {
        return call.run(new Greeting(Mode.RAW, "dumb", WindowSize.USUAL), arguments);
      }
      Signals.on("WINCH", () -> resize(call));
      String type = surroundings.environment().getOrDefault("TERM", "dumb");
      WindowSize size = surroundings.typing() ? Tty.size() : size();
      return call.run(new Greeting(Mode.RAW, type, size).with(surroundings.standing()), arguments);
    }
  }

  private int console() throws IOException {
    if (!surroundings.typing()) {
      throw new IOException("the console needs a terminal to type at; run commands one by one");
    }
    try (DoorCall call = reach(false)) {
      Runnable undo = Tty.raw();
      try {
        Signals.on("WINCH", () -> resize(call));
        Greeting greeting = new Greeting(Mode.CONSOLE, surroundings.terminal(), size());
        return call.run(greeting, List.of());
      } finally {
        undo.run();
      }
    }
  }

  /** For the shell's completion: silent where no instance runs, and none is started for a TAB. */
  private int complete(List<String> words) throws IOException {
    Optional<DoorCall> running = DoorCall.knock(surroundings.place().socket(), streams);
    if (running.isEmpty()) {
      return NOT_RUNNING;
    }
    List<String> asked = new ArrayList<>(List.of("complete"));
    asked.addAll(words);
    try (DoorCall call = running.get()) {
      return call.run(new Greeting(Mode.CONTROL, "dumb", WindowSize.USUAL), asked);
    }
  }

  private int up() throws IOException {
    try (DoorCall call = reach(true)) {
      control(call, "stay");
    }
    return status();
  }

  private int status() throws IOException {
    Optional<DoorCall> running = DoorCall.knock(surroundings.place().socket(), streams);
    if (running.isEmpty()) {
      streams.err().println("No instance '" + surroundings.instance() + "' is running.");
      return NOT_RUNNING;
    }
    try (DoorCall call = running.get()) {
      return control(call, "status");
    }
  }

  /** Ends the instance and waits until its process is gone. */
  private int down() throws IOException {
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    Streams listening = new Streams(streams.in(), new PrintStream(said, true), streams.err());
    Optional<DoorCall> running = DoorCall.knock(surroundings.place().socket(), listening);
    if (running.isEmpty()) {
      streams.err().println("No instance '" + surroundings.instance() + "' is running.");
      return 0;
    }
    try (DoorCall call = running.get()) {
      int code = control(call, "down");
      if (code != 0) {
        return code;
      }
    }
    if (said.toString().trim().matches("[0-9]{1,18}")) {
      long process = Long.parseLong(said.toString().trim());
      ProcessHandle.of(process).ifPresent(handle -> handle.onExit().join());
    }
    streams.err().println("Instance '" + surroundings.instance() + "' is down.");
    return 0;
  }

  private static int control(DoorCall call, String asked) throws IOException {
    return call.run(new Greeting(Mode.CONTROL, "dumb", WindowSize.USUAL), List.of(asked));
  }

  /** The running instance; where there is none, one is started. */
  private DoorCall reach(boolean stays) throws IOException {
    Optional<DoorCall> running = DoorCall.knock(surroundings.place().socket(), streams);
    if (running.isEmpty() && surroundings.environment().containsKey("NOPORTS_SYSTEM")) {
      throw new IOException(
          "No instance '%s' of this system can be reached: is it running, and are you in its group? (sudo systemctl status noports-%s)"
              .formatted(surroundings.instance(), surroundings.instance()));
    }
    return running.isPresent()
        ? running.get()
        : new Starter(surroundings, streams.err()).start(stays, streams);
  }

  private WindowSize size() {
    return surroundings.showing() ? Tty.size() : WindowSize.USUAL;
  }

  /** The first Ctrl-C is the command's to answer; a second one ends this program. */
  private void interrupt(DoorCall call) {
    if (++interrupts > 1) {
      Runtime.getRuntime().halt(INTERRUPTED);
    }
    sendOrGiveUp(call, Frame.empty(FrameKind.INTERRUPT));
  }

  private static void resize(DoorCall call) {
    sendOrGiveUp(call, Tty.size().frame());
  }

  private static void sendOrGiveUp(DoorCall call, Frame frame) {
    try {
      call.send(frame);
    } catch (IOException over) {
      // The reading side of the call sees the same and says so.
    }
  }
}
