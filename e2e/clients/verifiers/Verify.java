import java.io.FileInputStream;
import java.net.Socket;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** Opens TLS connections as any Java program does and says what came of each: Verify <bundle> <port> <name>... */
public class Verify {
  public static void main(String[] arguments) throws Exception {
    KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
    trusted.load(null);
    int count = 0;
    try (FileInputStream bundle = new FileInputStream(arguments[0])) {
      for (Certificate one : CertificateFactory.getInstance("X.509").generateCertificates(bundle)) {
        trusted.setCertificateEntry("authority-" + count++, one);
      }
    }
    TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    managers.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, managers.getTrustManagers(), null);
    int port = Integer.parseInt(arguments[1]);
    for (int n = 2; n < arguments.length; n++) {
      String name = arguments[n];
      Socket plain = new Socket("127.0.0.1", port);
      try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, name, port, true)) {
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        System.out.println(name + " trusted");
      } catch (Exception error) {
        System.out.println(name + " refused: " + error.getMessage());
      }
    }
  }
}
