package org.noports.benchmarks.control;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.noports.testkit.process.Shell;

/**
 * DNS' own driver. Ours would make unbound look slow: it reads one query of a TLS record at a time,
 * and ours puts several into one.
 */
final class Dnsperf {
  static final String ZONE = "bench";
  private static final Pattern RATE = Pattern.compile("Queries per second: +([0-9.]+)");

  private final int port;
  private final Path questions;

  private Dnsperf(int port, Path questions) {
    this.port = port;
    this.questions = questions;
  }

  /** Gets the questions ready: each name once, in an order of chance. */
  static Dnsperf make(Path folder, int port, int names) throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < names; i++) {
      lines.add("name" + i + "." + ZONE + " TXT");
    }
    Collections.shuffle(lines, new Random(1));
    return new Dnsperf(port, Files.write(folder.resolve("questions"), lines));
  }

  /** Answers in a second over persistent TLS connections. */
  double perSecond(int connections, int underWay) {
    String out =
        Shell.run(
                "dnsperf",
                "-m",
                "dot",
                "-s",
                "127.0.0.1",
                "-p",
                "" + port,
                "-d",
                questions.toString(),
                "-l",
                "2",
                "-c",
                "" + connections,
                "-q",
                "" + underWay)
            .orFail()
            .out();
    Matcher rate = RATE.matcher(out);
    if (!rate.find()) {
      throw new IllegalStateException("dnsperf said no rate: " + out);
    }
    return Double.parseDouble(rate.group(1));
  }
}
