package org.noports.door;

import static org.junit.Assert.assertArrayEquals;
import static org.junit.Assert.assertEquals;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.junit.Rule;
import org.junit.Test;
import org.junit.rules.Timeout;
import org.noports.api.door.RawService;
import org.noports.door.wire.Frame;
import org.noports.door.wire.FrameKind;
import org.noports.door.wire.Greeting;

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
  public void aServiceThatIsNotThereIsNamed() throws Exception {
    door.work = new RawWork(name -> Optional.empty());
    for (String name : new String[] {"proxy", "x)(y=*", ""}) {
      try (Caller caller =
          door.caller().greets(Greeting.Mode.RAW).sends(Frame.arguments(java.util.List.of(name)))) {
        assertEquals(Work.NOT_UNDERSTOOD, caller.exitCode());
        assertEquals("This instance has no raw service '" + name + "'.\n", caller.err());
      }
    }
  }
}
