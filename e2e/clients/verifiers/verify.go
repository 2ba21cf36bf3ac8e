// Opens TLS connections as any Go program does and says what came of each: verify <bundle> <port> <name>...
package main

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"os"
)

func main() {
	bundle, _ := os.ReadFile(os.Args[1])
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(bundle)
	for _, name := range os.Args[3:] {
		connection, err := tls.Dial("tcp", "127.0.0.1:"+os.Args[2], &tls.Config{RootCAs: roots, ServerName: name})
		if err != nil {
			fmt.Printf("%s refused: %s\n", name, err)
			continue
		}
		connection.Close()
		fmt.Printf("%s trusted\n", name)
	}
}
