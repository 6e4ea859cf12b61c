//! Whole invented Linux systems in a folder: files in, verdicts out.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::path::Path;

use expect_test::{Expect, expect};
use inspect::collect::{DeclaredPort, HostOptions};
use inspect::facts::Facts;
use inspect::schema;
use jiff::Timestamp;
use tempfile::TempDir;

struct System {
    dir: TempDir,
}

impl System {
    fn new() -> System {
        System { dir: tempfile::tempdir().unwrap() }
    }

    fn file(&self, path: &str, mode: u32, text: &str) -> &System {
        let place = self.dir.path().join(path.trim_start_matches('/'));
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::write(&place, text).unwrap();
        fs::set_permissions(&place, fs::Permissions::from_mode(mode)).unwrap();
        self
    }

    fn link(&self, path: &str, target: &str) -> &System {
        let place = self.dir.path().join(path.trim_start_matches('/'));
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        symlink(target, place).unwrap();
        self
    }

    fn options(&self) -> HostOptions {
        HostOptions { root: self.dir.path().to_path_buf(), ..HostOptions::live("may-chu") }
    }
}

fn now() -> Timestamp {
    "2026-11-20T05:00:00Z".parse().unwrap()
}

/// Verdict, check and what was seen, one line a check.
#[track_caller]
fn check(facts: &Facts, expected: &Expect) {
    assert_eq!(schema::mismatches(facts), Vec::<String>::new());
    let findings = inspect::run(facts, &inspect::builtin(), &[], now());
    let lines: Vec<String> = findings
        .iter()
        .map(|finding| {
            let seen = inspect::wire::observed(finding).unwrap_or_default();
            let line = format!("{:14} {:20} {seen}", finding.verdict.as_str(), finding.check);
            format!("{}\n", line.trim_end())
        })
        .collect();
    expected.assert_eq(&lines.concat());
}

const PASSWD: &str = "root:x:0:0:root:/root:/bin/bash\nvan-thu:x:1000:1000:Tran Thi Vi Du:/home/van-thu:/bin/bash\n";

/// The kernel's own byte order, as it prints addresses.
fn tcp_line(address: [u8; 4], port: u16, inode: u32) -> String {
    let word = u32::from_ne_bytes(address);
    format!("   0: {word:08X}:{port:04X} 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 {inode} 1 0\n")
}

/// An office that declared where its backups lie and that only HTTPS is offered.
fn declared(mut options: HostOptions, backups: std::path::PathBuf) -> HostOptions {
    options.backup_dirs = Some(vec![backups]);
    options.declared_ports = Some(vec![DeclaredPort { port: 443, protocol: 6 }]);
    options
}

#[test]
fn a_well_kept_server() {
    let system = System::new();
    system
        .file("/usr/lib/os-release", 0o644, "PRETTY_NAME=\"Debian GNU/Linux 13 (trixie)\"\nID=debian\nVERSION_ID=\"13\"\n")
        .link("/etc/os-release", "../usr/lib/os-release")
        .file("/etc/passwd", 0o644, PASSWD)
        .file("/etc/shadow", 0o640, "root:*:20500:0:99999:7:::\nvan-thu:$y$j9T$xx$yy:20500:0:99999:7:::\n")
        .file("/etc/sudoers", 0o440, "Defaults env_reset\nroot ALL=(ALL:ALL) ALL\n@includedir /etc/sudoers.d\n")
        .file("/etc/sudoers.d/sao-luu", 0o440, "sao-luu ALL=(root) NOPASSWD: /usr/bin/rsync\n")
        .file("/usr/sbin/sshd", 0o755, "")
        .file("/etc/ssh/sshd_config", 0o600, "Include /etc/ssh/sshd_config.d/*.conf\nPermitRootLogin yes\n")
        .file("/etc/ssh/sshd_config.d/10-co-quan.conf", 0o600, "PermitRootLogin no\nPasswordAuthentication no\n")
        .file("/etc/apt/apt.conf.d/20auto-upgrades", 0o644, "APT::Periodic::Unattended-Upgrade \"1\";\n")
        .file("/usr/bin/unattended-upgrade", 0o755, "")
        .file("/etc/ufw/ufw.conf", 0o644, "ENABLED=yes\n")
        .file("/etc/default/ufw", 0o644, "DEFAULT_INPUT_POLICY=\"DROP\"\n")
        .file("/etc/pam.d/common-password", 0o644, "password requisite pam_pwquality.so retry=3\n")
        .file("/etc/pam.d/common-auth", 0o644, "auth required pam_faillock.so preauth\n")
        .file("/etc/security/pwquality.conf", 0o644, "minlen = 14\nminclass = 4\n")
        .file("/etc/security/faillock.conf", 0o644, "deny = 5\n")
        .file("/etc/profile.d/het-gio.sh", 0o644, "readonly TMOUT=900\nexport TMOUT\n")
        .file("/usr/lib/systemd/systemd-journald", 0o755, "")
        .file("/etc/systemd/journald.conf", 0o644, "[Journal]\nStorage=persistent\nMaxRetentionSec=3month\n")
        .file("/etc/rsyslog.d/gui.conf", 0o644, "*.* @@10.0.0.5:514\n")
        .link("/etc/systemd/system/sysinit.target.wants/systemd-timesyncd.service", "/lib/systemd/system/systemd-timesyncd.service")
        .file("/run/systemd/timesync/synchronized", 0o644, "")
        .file("/proc/sys/kernel/osrelease", 0o444, "6.12.48-amd64\n")
        .file("/boot/vmlinuz-6.12.48-amd64", 0o600, "")
        .file("/boot/vmlinuz-6.12.9-amd64", 0o600, "")
        .file("/proc/modules", 0o444, "nf_tables 331776 0 - Live 0x0\n")
        .file("/proc/7/comm", 0o444, "systemd-timesyn\n")
        .file("/proc/8/comm", 0o444, "postgres\n")
        .link("/proc/8/fd/5", "socket:[4242]")
        .file("/proc/net/tcp", 0o444, &format!("header\n{}{}", tcp_line([127, 0, 0, 1], 5432, 4242), tcp_line([0, 0, 0, 0], 443, 4243)))
        .file("/proc/self/mountinfo", 0o444, "25 1 254:0 / / rw,relatime - ext4 /dev/mapper/goc rw\n26 1 0:5 / /proc rw - proc proc rw\n")
        .file("/sys/dev/block/254:0/dm/uuid", 0o444, "LVM-abc\n")
        .file("/sys/dev/block/254:0/slaves/dm-1/dm/uuid", 0o444, "CRYPT-LUKS2-0123456789-khoa\n")
        .file("/srv/sao-luu/2026-11-19.dump", 0o600, "dữ liệu");
    let options = declared(system.options(), system.dir.path().join("srv/sao-luu"));
    let mut facts = inspect::collect::host(&options, now());
    settle(&mut facts, system.dir.path());
    check(
        &facts,
        &expect![[r#"
        pass           bk.fresh             Bản mới nhất: 2026-11-19T19:00:00Z; Nơi sao lưu: /srv/sao-luu; Số bản: 1
        pass           lx.db.public         Cơ sở dữ liệu lắng nghe: 127.0.0.1 : 5432
        pass           lx.disk              Chưa mã hóa: –; Đã mã hóa: /
        pass           lx.eol               Danh mục cập nhật ngày: 2026-11-23; Hết hỗ trợ ngày: 2030-06-30; Hệ điều hành: Debian GNU/Linux 13 (trixie)
        pass           lx.fw                Bật khi khởi động: true; Công cụ: ufw; Mặc định chiều vào: drop; Nhân đã nạp bộ lọc: true
        pass           lx.lock              Giây chờ của phiên dòng lệnh: 900; Máy có màn hình đồ họa: false
        pass           lx.log.remote        Gửi đi: true; Nơi nhận: 10.0.0.5:514
        pass           lx.log.retention     Nhật ký systemd: persistent; Số ngày nhật ký systemd: 91
        pass           lx.nopass            Tài khoản trống mật khẩu: –
        pass           lx.patch.auto        Cài tự động: true; Cơ chế: apt
        pass           lx.perm              Ai cũng ghi được: –; Quyền chưa đúng: –
        pass           lx.ports.legacy      Cổng cũ đang mở: –
        pass           lx.ports.unexpected  Cổng mở ra ngoài máy: tcp/443
        pass           lx.pw.lockout        Có khóa: true; Số lần sai: 5
        pass           lx.pw.policy         Có kiểm tra mật khẩu: true; Số loại ký tự: 4; Xác thực hai bước: false; Độ dài tối thiểu: 14
        pass           lx.reboot            Cần khởi động lại: false; Nhân mới nhất đã cài: 6.12.48-amd64; Nhân đang chạy: 6.12.48-amd64
        pass           lx.ssh.empty         PermitEmptyPasswords: no
        pass           lx.ssh.password      Ngoại lệ trong khối Match: –; PasswordAuthentication: no; Địa chỉ lắng nghe: –
        pass           lx.ssh.root          Ngoại lệ trong khối Match: –; PermitRootLogin: no
        warn           lx.sudo.nopasswd     Quy tắc không hỏi mật khẩu: sao-luu ALL = (root) NOPASSWD: /usr/bin/rsync
        pass           lx.time              Bật khi khởi động: true; Dịch vụ: systemd-timesyncd; Đang chạy: true; Đã đồng bộ: true
        pass           lx.uid0              Tài khoản có uid 0: root
    "#]],
    );
}

#[test]
fn a_neglected_server() {
    let system = System::new();
    system
        .file("/etc/os-release", 0o644, "PRETTY_NAME=\"Ubuntu 18.04.6 LTS\"\nID=ubuntu\nVERSION_ID=\"18.04\"\n")
        .file("/etc/passwd", 0o644, &format!("{PASSWD}ke-la:x:0:0::/:/bin/sh\n"))
        .file("/etc/shadow", 0o644, "root:$1$a$b:15000:0:99999:7:::\nvan-thu::20500:0:99999:7:::\n")
        .file("/etc/sudoers", 0o440, "%sudo ALL=(ALL) NOPASSWD: ALL\n")
        .file("/usr/sbin/sshd", 0o755, "")
        .file("/etc/ssh/sshd_config", 0o644, "PermitRootLogin no\nPermitEmptyPasswords yes\nMatch User root\n  PermitRootLogin yes\n")
        .file("/etc/apt/apt.conf.d/20auto-upgrades", 0o644, "APT::Periodic::Unattended-Upgrade \"0\";\n")
        .file("/etc/pam.d/common-password", 0o644, "password [success=1] pam_unix.so\n")
        .file("/etc/phan-mem/cau-hinh.ini", 0o666, "mat_khau=…")
        .file("/etc/logrotate.conf", 0o644, "weekly\nrotate 4\n")
        .file("/etc/logrotate.d/rsyslog", 0o644, "/var/log/syslog\n{\n rotate 7\n daily\n}\n")
        .file("/proc/sys/kernel/osrelease", 0o444, "4.15.0-20-generic\n")
        .file("/run/reboot-required", 0o644, "")
        .file("/proc/modules", 0o444, "ext4 331776 0 - Live 0x0\n")
        .file("/proc/9/comm", 0o444, "mysqld\n")
        .link("/proc/9/fd/3", "socket:[77]")
        .link("/proc/9/fd/4", "socket:[78]")
        .file("/proc/net/tcp", 0o444, &format!("header\n{}{}", tcp_line([0, 0, 0, 0], 3306, 77), tcp_line([0, 0, 0, 0], 23, 78)))
        .file("/proc/self/mountinfo", 0o444, "25 1 8:1 / / rw,relatime - ext4 /dev/sda1 rw\n")
        .file("/sys/dev/block/8:1/size", 0o444, "1000\n");
    let mut options = system.options();
    options.backup_dirs = Some(vec![system.dir.path().join("srv/sao-luu")]);
    let mut facts = inspect::collect::host(&options, now());
    settle(&mut facts, system.dir.path());
    check(
        &facts,
        &expect![[r#"
        not_tested     bk.fresh
        fail           lx.db.public         Cơ sở dữ liệu lắng nghe: 0.0.0.0 : 3306
        fail           lx.disk              Chưa mã hóa: / (/dev/sda1); Đã mã hóa: –
        fail           lx.eol               Danh mục cập nhật ngày: 2026-11-23; Hết hỗ trợ ngày: 2023-05-31; Hệ điều hành: Ubuntu 18.04.6 LTS
        fail           lx.fw                Bật khi khởi động: false; Công cụ: –; Nhân đã nạp bộ lọc: false
        fail           lx.lock              Giây chờ của phiên dòng lệnh: 0; Máy có màn hình đồ họa: false
        fail           lx.log.remote        Gửi đi: false; Nơi nhận: –
        fail           lx.log.retention     Nhật ký systemd: none; Số ngày nhật ký systemd: 0; Số ngày theo cấu hình xoay vòng: 7
        fail           lx.nopass            Tài khoản trống mật khẩu: van-thu
        fail           lx.patch.auto        Cài tự động: false; Cơ chế: apt
        fail           lx.perm              Ai cũng ghi được: /etc/phan-mem/cau-hinh.ini; Quyền chưa đúng: /etc/shadow 0644
        fail           lx.ports.legacy      Cổng cũ đang mở: 23 mysqld
        not_tested     lx.ports.unexpected  Cổng mở ra ngoài máy: tcp/23 mysqld, tcp/3306 mysqld
        fail           lx.pw.lockout        Có khóa: false
        fail           lx.pw.policy         Có kiểm tra mật khẩu: false; Xác thực hai bước: false
        fail           lx.reboot            Cần khởi động lại: true; Nhân đang chạy: 4.15.0-20-generic
        fail           lx.ssh.empty         PermitEmptyPasswords: yes
        fail           lx.ssh.password      Ngoại lệ trong khối Match: –; PasswordAuthentication: yes; Địa chỉ lắng nghe: –
        fail           lx.ssh.root          Ngoại lệ trong khối Match: yes; PermitRootLogin: no
        fail           lx.sudo.nopasswd     Quy tắc không hỏi mật khẩu: %sudo ALL = (ALL) NOPASSWD: ALL
        fail           lx.time              Bật khi khởi động: false; Dịch vụ: –; Đang chạy: false
        fail           lx.uid0              Tài khoản có uid 0: root, ke-la
    "#]],
    );
}

#[test]
fn inside_a_container_the_machine_around_is_unknown() {
    let system = System::new();
    system.file("/.dockerenv", 0o644, "").file("/etc/os-release", 0o644, "ID=debian\nVERSION_ID=12\n");
    let facts = inspect::collect::host(&system.options(), now());
    for name in ["auto_updates", "disk_encryption", "firewall", "log_retention", "reboot", "time_sync"] {
        assert_eq!(facts.tables[name].reason.as_deref(), Some("container"), "{name}");
    }
}

#[test]
fn links_of_an_image_stay_inside_it() {
    let system = System::new();
    system.link("/etc/os-release", "/usr/lib/os-release").link("/etc/passwd", "../../../../../../etc/hostname");
    let facts = inspect::collect::host(&system.options(), now());
    assert_eq!(facts.tables["os_version"].status.as_str(), "absent");
    assert_eq!(facts.tables["users"].status.as_str(), "absent");
}

#[test]
fn this_machine_follows_the_schema_and_tells_no_secret() {
    let facts = inspect::collect::host(&HostOptions::live("may-nay"), now());
    assert_eq!(schema::mismatches(&facts), Vec::<String>::new());
    let json = serde_json::to_string(&facts).unwrap();
    assert_eq!(serde_json::from_str::<Facts>(&json).unwrap(), facts);
    assert!(!json.contains("$y$") && !json.contains("$6$"));
    let findings = inspect::run(&facts, &inspect::builtin(), &[], now());
    assert!(findings.len() >= 12);
}

/// What differs from machine to machine: the owner of the files, the folder, the time of the backup.
fn settle(facts: &mut Facts, dir: &Path) {
    for row in &mut facts.tables.get_mut("file_permissions").unwrap().rows {
        row.insert("uid".to_owned(), 0_i64.into());
    }
    let sets = facts.tables.get_mut("backup_sets").unwrap();
    for row in &mut sets.rows {
        row.insert("path".to_owned(), "/srv/sao-luu".into());
        row.insert("newest".to_owned(), "2026-11-19T19:00:00Z".into());
    }
    assert!(sets.source.iter().all(|place| place.starts_with(dir.to_str().unwrap())));
}
