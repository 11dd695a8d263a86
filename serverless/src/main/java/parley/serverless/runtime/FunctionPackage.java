package parley.serverless.runtime;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// An unpacked package of functions, and how a process is made of it.
public sealed interface FunctionPackage {
  /// The folder that it was unpacked into: the function's task root.
  Path folder();

  /// What is run. Java options and the rest follow from the memory.
  List<String> command(FunctionSettings function);

  /// What AWS Lambda calls the runtime.
  String executionEnvironment();

  /// Classes and libraries for the managed runtime `java25`, which brings Java and its interface
  /// client: here they are this program's own.
  record Managed(Path folder) implements FunctionPackage {
    private static final String CLIENT =
        "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";

    /// A class of each jar that belongs to it.
    private static final List<String> PARTS =
        List.of(
            CLIENT,
            "com.amazonaws.services.lambda.runtime.RequestStreamHandler",
            "com.amazonaws.services.lambda.runtime.serialization.PojoSerializer",
            "software.amazon.awssdk.utilslite.SdkInternalThreadLocal",
            "software.amazon.awssdk.annotations.SdkInternalApi");

    @Override
    public List<String> command(FunctionSettings function) {
      List<String> command = new ArrayList<>();
      command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
      long heap_kb = Math.round(function.memory_mb() * 1024 * RuntimeBounds.HEAP_SHARE);
      // As the managed runtime starts Java.
      command.add("-XX:MaxHeapSize=" + heap_kb + "k");
      command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto"));
      command.add("--enable-native-access=ALL-UNNAMED");
      command.add("-D" + NativeClient.PROPERTY + "=" + NativeClient.beside(folder));
      command.addAll(List.of("-cp", String.join(File.pathSeparator, client())));
      command.addAll(List.of(CLIENT, function.handler()));
      return command;
    }

    /// The jars of the interface client and of what it needs, from this program's class path.
    private static Set<String> client() {
      Set<String> jars = new LinkedHashSet<>();
      for (String name : PARTS) {
        try {
          jars.add(
              Path.of(
                      Class.forName(name, false, FunctionPackage.class.getClassLoader())
                          .getProtectionDomain()
                          .getCodeSource()
                          .getLocation()
                          .toURI())
                  .toString());
        } catch (ClassNotFoundException | URISyntaxException e) {
          throw new IllegalStateException("Lambda's interface client is not on the class path", e);
        }
      }
      return jars;
    }

    @Override
    public String executionEnvironment() {
      return "AWS_Lambda_java25";
    }
  }

  /// A package with a runtime of its own: `bootstrap` asks for events by itself.
  record Custom(Path folder) implements FunctionPackage {
    @Override
    public List<String> command(FunctionSettings function) {
      return List.of(folder.resolve("bootstrap").toString());
    }

    @Override
    public String executionEnvironment() {
      return "AWS_Lambda_provided.al2023";
    }
  }
}
