package org.noports.tunnel;

import static org.hamcrest.MatcherAssert.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.everyItem;
import static org.hamcrest.Matchers.startsWith;
import static org.junit.Assert.assertEquals;

import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.After;
import org.junit.Before;
import org.junit.Test;
import org.noports.api.CipherMisbehaved;
import org.noports.api.CipherUnavailable;
import org.noports.api.Secret;
import org.noports.api.cipher.RecordCipher;
import org.noports.api.cipher.RecordOpen;
import org.noports.api.cipher.RecordSeal;
import org.noports.api.tunnel.Entrance;
import org.noports.api.tunnel.Level;
import org.noports.api.tunnel.Suite;
import org.noports.api.tunnel.SuiteAlgorithms;
import org.noports.api.tunnel.Suites;
import org.noports.tunnel.link.JdkAlgorithms;

/** Sessions whose records a third party's plug-in may seal. */
public class ForeignSuitesTest {
  private final Set<String> threads = ConcurrentHashMap.newKeySet();
  private volatile boolean broken;
  private World world;

  /** The JDK's suites, and who seals where. */
  private final class Watched implements Suites {
    private final boolean foreign;

    Watched(boolean foreign) {
      this.foreign = foreign;
    }

    @Override
    public List<Suite> usable() {
      return JdkAlgorithms.BOTH.usable();
    }

    @Override
    public boolean foreign() {
      return foreign;
    }

    @Override
    public Optional<SuiteAlgorithms> algorithms(Suite suite) {
      return JdkAlgorithms.BOTH
          .algorithms(suite)
          .map(
              jdk ->
                  new SuiteAlgorithms(
                      suite, jdk.agreement(), jdk.derivation(), new Seen(jdk.cipher())));
    }
  }

  private final class Seen implements RecordCipher {
    private final RecordCipher jdk;

    Seen(RecordCipher jdk) {
      this.jdk = jdk;
    }

    @Override
    public int keyLength() {
      return jdk.keyLength();
    }

    @Override
    public int nonceLength() {
      return jdk.nonceLength();
    }

    @Override
    public int tagLength() {
      return jdk.tagLength();
    }

    @Override
    public RecordSeal sealing(Secret key) throws CipherUnavailable {
      RecordSeal seal = jdk.sealing(key);
      return new RecordSeal() {
        @Override
        public void seal(byte[] nonce, ByteBuffer additional, ByteBuffer clear, ByteBuffer out) {
          threads.add(Thread.currentThread().getName());
          if (broken) {
            throw new IllegalStateException(
                "wrapped", new CipherMisbehaved("it gave out too little"));
          }
          seal.seal(nonce, additional, clear, out);
        }

        @Override
        public void close() {
          seal.close();
        }
      };
    }

    @Override
    public RecordOpen opening(Secret key) throws CipherUnavailable {
      return jdk.opening(key);
    }
  }

  @Before
  public void begin() throws IOException {
    world = new World();
    world.level = Level.L2;
  }

  @After
  public void end() throws IOException {
    world.close();
  }

  private void use(boolean foreign) throws Exception {
    world.clientSuites = new Watched(foreign);
    world.open(world.target());
    world.echo();
    try (Entrance entrance = world.entrance();
        Socket application = World.connect(entrance)) {
      application.getOutputStream().write(5);
      assertEquals(5, application.getInputStream().read());
    }
  }

  @Test
  public void theyHaveLoopsOfTheirOwn() throws Exception {
    use(true);
    assertThat(threads, everyItem(startsWith("noports-tunnel-foreign-io")));
  }

  @Test
  public void theOthersStayOnTheUsualLoops() throws Exception {
    use(false);
    assertThat(threads, everyItem(startsWith("noports-tunnel-io")));
  }

  @Test
  public void aPlugInThatBreaksItsContractEndsTheSessionByItsName() throws Exception {
    use(true);
    broken = true;
    world.clientEnd.connect();
    assertThat(World.get(world.clientEnd.ended()), containsString("it gave out too little"));
    assertEquals(CipherMisbehaved.class, world.clientEnd.failure().orElseThrow().getClass());
  }
}
