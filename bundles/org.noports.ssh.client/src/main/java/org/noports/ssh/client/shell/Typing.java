package org.noports.ssh.client.shell;

import java.io.IOException;
import java.io.OutputStream;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.sshd.client.channel.ClientChannel;
import org.noports.api.door.RawCall;
import org.noports.ssh.client.login.Talk;
import org.noports.ssh.client.words.SshRequest;

/** Carries what the caller sends to the far side; on a thread of its own, until interrupted. */
final class Typing implements Runnable {
  private static final int BUFFER_BYTES = 32 * 1024;

  /** A read that is interrupted ends at once; a terminal's that looks now and then, a bit later. */
  private static final long END_SECONDS = 2;

  private final RawCall call;
  private final ClientChannel channel;
  private final boolean noInput;
  private final EscapeKeys keys;
  private final Talk talk;
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch over = new CountDownLatch(1);
  private volatile boolean ended;

  Typing(RawCall call, ClientChannel channel, SshRequest asked, boolean atTerminal, Talk talk) {
    this.call = call;
    this.channel = channel;
    this.noInput = asked.noInput();
    this.keys = new EscapeKeys(atTerminal ? asked.escape() : OptionalInt.empty());
    this.talk = talk;
  }

  @Override
  public void run() {
    begun.countDown();
    try (OutputStream there = channel.getInvertedIn()) {
      carry(there);
    } catch (IOException closed) {
      // The channel is over, or the caller is gone; whoever waits for either sees it.
    } finally {
      over.countDown();
    }
  }

  private void carry(OutputStream there) throws IOException {
    byte[] bytes = new byte[BUFFER_BYTES];
    int count = noInput ? -1 : call.in().read(bytes);
    while (count >= 0 && channel.isOpen()) {
      there.write(keys.typed(bytes, count));
      there.flush();
      obey();
      count = call.in().read(bytes);
    }
  }

  private void obey() {
    switch (keys.order()) {
      case END -> {
        ended = true;
        channel.close(true);
      }
      case HELP -> {
        talk.say("");
        talk.say("Behind a new line: ~.  ends the connection,  ~~  types the key itself");
      }
      case NONE -> {}
    }
  }

  /** The person has ended the connection by the escape key. */
  boolean ended() {
    return ended;
  }

  /** Waits until nothing reads any more: what is typed next is for somebody else. */
  void awaitEnd() throws InterruptedException {
    if (begun.getCount() == 0) {
      over.await(END_SECONDS, TimeUnit.SECONDS);
    }
  }
}
