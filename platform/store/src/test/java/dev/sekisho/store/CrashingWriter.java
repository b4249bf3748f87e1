package dev.sekisho.store;

import java.nio.file.Path;
import java.util.List;

/** A process that writes until it is killed, saying on its output what was acknowledged. */
final class CrashingWriter {

  private CrashingWriter() {}

  /** Takes the file and the prefix of the names it writes. */
  public static void main(String[] arguments) {
    Database database = SqliteDatabase.open(Path.of(arguments[0]), List.of(Sample.SCHEMA));
    Callers.run(
        16,
        caller -> {
          for (int i = 0; i < 1_000_000; i++) {
            String name = arguments[1] + "-" + caller + "-" + i;
            database.write(transaction -> {
              Sample.insert(transaction, name, 1);
              Sample.insert(transaction, name + "-half", 2);
              return true;
            });
            synchronized (CrashingWriter.class) {
              System.out.println(name);
              System.out.flush();
            }
          }
        });
  }
}
