package org.noports.door;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;
import org.noports.api.door.CallerTerminal;
import org.noports.api.door.RawCall;
import org.noports.api.door.RawService;
import org.noports.door.wire.Frame;
import org.noports.door.wire.FrameKind;
import org.noports.door.wire.Greeting;
import org.noports.door.wire.Standing;
import org.noports.door.wire.WindowSize;

public class RawWorkTest {
  @Rule public final Timeout limit = Timeout.seconds(20);
  @Rule public final OpenDoor door = new OpenDoor();

  @Test
  public void bytesPassAsTheyAre() throws Exception {
    RawService mirror =
        (arguments, in, out, err) -> {
          out.write(in.readNBytes(256));
          return Integer.parseInt(arguments.get(0));
        };
    door.work = new RawWork(name -> name.equals("mirror") ? Optional.of(mirror) : Optional.empty());
    byte[] every = new byte[256];
    for (int i = 0; i < every.length; i++) {
      every[i] = (byte) i;
    }
    try (Caller caller = door.caller().asks("mirror", "7")) {
      caller.awaitWant();
      caller.sends(new Frame(FrameKind.STDIN, ByteBuffer.wrap(every)));
      assertEquals(7, caller.exitCode());
      assertArrayEquals(every, caller.out.toByteArray());
    }
  }

  @Test
  public void aServiceSeesTheCallersTerminalAndWhereItStands() throws Exception {
    RawService asking =
        new RawService() {
          @Override
          public int serve(List<String> words, InputStream in, OutputStream out, OutputStream err) {
            throw new AssertionError("the call itself is asked for");
          }

          @Override
          public int serve(RawCall call) throws IOException {
            CallerTerminal terminal = call.terminal().orElseThrow();
            terminal.raw().close();
            String name = terminal.ask("Who? ", false).orElseThrow();
            String seen =
                String.join(
                    " ",
                    name,
                    terminal.type(),
                    terminal.columns() + "x" + terminal.rows(),
                    call.folder().toString(),
                    call.agent().orElseThrow().toString(),
                    Boolean.toString(call.showing()),
                    call.arguments().toString());
            call.out().write(seen.getBytes(StandardCharsets.UTF_8));
            call.out().flush();
            return 0;
          }
        };
    door.work = new RawWork(name -> Optional.of(asking));
    Greeting person =
        new Greeting(Greeting.Mode.RAW, "xterm", new WindowSize(100, 40))
            .with(new Standing(true, false, "/some folder", "/run/agent"));
    try (Caller caller = door.caller().sends(person.frame())) {
      caller.sends(Frame.arguments(List.of("ask", "this")));
      caller.awaitWant();
      caller.sends(new Frame(FrameKind.STDIN, ByteBuffer.wrap("alice\r\n".getBytes())));
      assertEquals(0, caller.exitCode());
      assertEquals("alice xterm 100x40 /some folder /run/agent false [this]", caller.out());
      assertEquals(List.of(2, 1, 0, 1), caller.echo);
      assertEquals("Who? \n", caller.err());
    }
  }

  @Test
  public void aCallerWithoutATerminalHasNone() throws Exception {
    RawService looking =
        new RawService() {
          @Override
          public int serve(List<String> words, InputStream in, OutputStream out, OutputStream err) {
            throw new AssertionError("the call itself is asked for");
          }

          @Override
          public int serve(RawCall call) {
            return call.terminal().isEmpty() && call.agent().isEmpty() ? 4 : 5;
          }
        };
    door.work = new RawWork(name -> Optional.of(looking));
    try (Caller caller = door.caller().asks("look")) {
      assertEquals(4, caller.exitCode());
    }
  }

  @Test
  public void aServiceThatIsNotThereIsNamed() throws Exception {
    door.work = new RawWork(name -> Optional.empty());
    for (String name : new String[] {"proxy", "x)(y=*", ""}) {
      try (Caller caller =
          door.caller().greets(Greeting.Mode.RAW).sends(Frame.arguments(List.of(name)))) {
        assertEquals(Work.NOT_UNDERSTOOD, caller.exitCode());
        assertEquals("This instance has no raw service '" + name + "'.\n", caller.err());
      }
    }
  }
}
