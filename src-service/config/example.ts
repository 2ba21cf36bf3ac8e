/** Configuration files to begin with. */
export const exampleConfig = {
  /** The shortest that is of use. */
  minimal: `cluster: rolegate.example.com
public_addr: https://rolegate.example.com:3080
listen: 0.0.0.0:3080
aws:
  region: eu-west-1
apps:
- name: aws
  uri: https://console.aws.amazon.com/console/home
`,

  /** Everything that there is, with what it is for. */
  whole: `# Rolegate's app-service. Check it with: rolegate service check --config THIS-FILE
# What begins with "# " and a key can be left out; what stands there is then the default.

# The cluster's name, as people see it when they log in.
cluster: rolegate.example.com

# Where it listens. Without an address in front (3080), or without this line: on this machine only.
listen: 0.0.0.0:3080

# Under which addresses people reach it: one, or a list. Links show the first one; a self-made certificate is for all.
public_addr: https://rolegate.example.com:3080

# A certificate with its chain, and its key, as PEM. Read again on SIGHUP.
# Without it the service makes one for itself, and clients trust it by its fingerprint.
# tls:
#   cert_file: tls/cert.pem
#   key_file: tls/key.pem

# The folder of the store, the audit file and the keys. Nobody else may look into it.
# data_dir: /var/lib/rolegate

# Users, sessions and audit events: in a file in data_dir, or in a table that several replicas share.
# Make the table with: rolegate backend create-table --table rolegate --region eu-west-1
# store:
#   type: dynamodb
#   table: rolegate
#   region: eu-west-1
#   profile: store                # AWS profile for the table; as for the roles without
#   endpoint: http://127.0.0.1:8000

# AWS accounts to offer.
apps:
- name: aws
  uri: https://console.aws.amazon.com/console/home
  # description: Our account
  # labels:
  #   env: prod
  #   aws_account_id: "123456789000"
  # aws:
  #   external_id: something-that-the-trust-policy-asks-for

# Roles, users, connectors and other resources that nobody can change while the service runs: files, folders
# (their *.yaml and *.yml) and patterns. Read again on SIGHUP.
# resources:
# - resources/*.yaml

# With whose credentials IAM roles are assumed: those of this host (environment, profile, instance role), or a profile.
aws:
  region: eu-west-1               # whose STS is asked; AWS_REGION without
  # profile: rolegate
  # Other addresses than AWS's own, by signing name; '*' is for all others.
  # endpoints:
  #   dynamodb: https://vpce-0123.dynamodb.eu-west-1.vpce.amazonaws.com

# The audit log is in the store; copies can go to audit.jsonl in data_dir, and to standard output.
# audit:
#   outputs: [file, stdout]       # none without
#   when_failing: stop            # or continue: requests go on while events cannot be written
#   retention_days: 400           # for ever without

# The way to AWS; HTTPS_PROXY and NO_PROXY of the environment without.
# upstream_proxy:
#   url: http://proxy.example.com:3128
#   except: .internal.example.com

# The log goes to standard error. It holds no secrets; who did what is in the audit log.
# log:
#   level: info                   # info, warn or error
#   format: auto                  # text, json; auto is text on a terminal and json elsewhere
`,
} as const;
