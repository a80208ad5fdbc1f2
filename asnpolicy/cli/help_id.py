"""Help of the commands in Indonesian: each paragraph and each option by its English."""

from __future__ import annotations

import re
from typing import Any

from asnpolicy.cli.usage import head_in_indonesian

INDONESIAN = {
    "people as JSON Lines, as one JSON array or as objects over several lines; - for standard input; or a folder of tables, or the address of a database": "data pegawai sebagai JSON Lines, satu larik JSON, atau objek pada beberapa baris; - untuk masukan standar; atau folder berisi tabel, atau alamat basis data",
    "a fact such as unit, rank, employment, post_kind, jenjang; rule for rules alone; may be given again": "fakta seperti unit, rank, employment, post_kind, jenjang; rule untuk aturan saja; boleh diberikan lagi",
    "Count what every rule comes to: by result, by unit and rank, and what is missing most often.": "Hitung hasil setiap aturan: menurut hasil, menurut unit dan pangkat, serta data yang paling sering belum ada.",
    "Without --whole it is what may leave the unit: no group of fewer than five people can be read from it, nor worked out.": "Tanpa --whole, isinya boleh diteruskan ke luar unit: kelompok di bawah lima orang tidak dapat dibaca maupun dihitung kembali darinya.",
    "for the office whose people these are: count small groups too": "untuk unit kerja yang mengelola pegawai ini: kelompok kecil ikut dihitung",
    "table, csv, json, html or xlsx; a table on a terminal, else json": "table, csv, json, html, atau xlsx; di terminal berupa tabel, selain itu json",
    "Write one rule as a SELECT over the tables of a workforce in a database: one row a person.": "Tulis satu aturan sebagai SELECT atas tabel pegawai di sebuah basis data: satu baris satu orang.",
    "Where `passed_on` is true nothing is decided: of such people the tables need more than one look, and `assess` decides.": "Bila `passed_on` bernilai true, tidak ada yang diputus: data orang itu perlu dilihat lebih saksama, dan `assess` yang memutus.",
    "duckdb or postgres": "duckdb atau postgres",
    "a JSON file with the tables that there are and their columns; without, all of the schema": "berkas JSON berisi tabel yang ada beserta kolomnya; tanpa ini, seluruh skema",
    "a JSON file, or a folder of tables, with the agency's units": "berkas JSON, atau folder tabel, berisi unit instansi",
    "--synthesise writes, for each rule: the person for each criterion both ways, each threshold and one step to each side, each unknown; ready to be copied under `cases:` once somebody has judged them. --mutate changes one threshold, operator, window, day, standing or criterion after another; what no case notices is proved to change nothing, or listed with the case that would notice. --coverage tells of which criteria no case shows that they hold, that they fail, or that they alone decide. Exit status: 0 fine, 1 a case fails, a change is not noticed, or a criterion is not shown.": "--synthesise menulis bagi setiap aturan: orang yang memenuhi dan tidak memenuhi tiap syarat, tiap ambang batas beserta satu langkah di kedua sisinya, dan tiap hal yang belum diketahui; siap disalin ke bawah `cases:` setelah dinilai orang. --mutate mengubah ambang batas, operator, rentang waktu, tanggal, kedudukan hukum, atau syarat satu per satu; yang tidak disadari satu kasus pun dibuktikan tidak mengubah apa-apa, atau ditampilkan dengan kasus yang akan menyadarinya. --coverage menyebut syarat yang tidak ditunjukkan kasus mana pun terpenuhi, tidak terpenuhi, atau menentukan sendirian. Status keluar: 0 baik, 1 ada kasus gagal, perubahan yang tidak disadari, atau syarat yang tidak ditunjukkan.",
    "List the sources of a region: what rests on each, how sure the reading of it is, and when it was last read.": "Tampilkan sumber hukum sebuah daerah: apa yang bersandar padanya, seberapa pasti pembacaannya, dan kapan terakhir dibaca.",
    "change the rules, and see what no case notices": "ubah aturannya, dan lihat apa yang tidak disadari kasus mana pun",
    "how many processes read a file and decide; for a large one as many as there are processors": "berapa proses yang membaca berkas dan memutus; untuk yang besar sebanyak prosesornya",
    "jsonl, or parquet for a folder of tables": "jsonl, atau parquet untuk folder berisi tabel",
    "see which criteria the cases show both ways": "lihat syarat mana yang ditunjukkan kasus pada kedua sisinya",
    "table or json; a table on a terminal, else json": "table atau json; di terminal berupa tabel, selain itu json",
    "with one of these three: some rules alone": "bersama salah satu dari ketiganya: hanya beberapa aturan",
    "with one of these three: the rules of this day; of today when not given": "bersama salah satu dari ketiganya: aturan yang berlaku pada hari tersebut; tanpa ini, hari ini",
    "with parquet: each criterion, and what is missing": "bersama parquet: tiap syarat, dan data yang belum ada",
    "write the cases that rules call for": "tulis kasus yang diperlukan aturannya",
    "Career policies of Indonesia's civil service: checked, tested, decided, explained.": "Kebijakan karier aparatur sipil negara: diperiksa, diuji, diputus, dijelaskan.",
    "Exit status: 0 fine, 1 a finding, 2 wrong use, 3 unknown.": "Status keluar: 0 baik, 1 ada temuan, 2 salah pakai, 3 belum diketahui.",
    "Show the version and end.": "Tampilkan versi, lalu selesai.",
    "Check policies, and show every problem with its place and the way out.": "Periksa kebijakan, dan tampilkan setiap masalah dengan tempat dan jalan keluarnya.",
    "Without a region: those of the folder that one stands in, or of `policies` in it; else those of the library.": "Tanpa nama daerah: kebijakan di folder tempat Anda berada, atau di `policies` di dalamnya; kalau tidak ada, bawaan pustaka.",
    "text or json": "text atau json",
    "id (Indonesian) or en (English)": "id (bahasa Indonesia) atau en (bahasa Inggris)",
    "Run the cases that stand beside the rules, write those that are lacking, or see how well they try the rules.": "Jalankan kasus yang tertulis di samping aturan, tulis yang belum ada, atau lihat seberapa baik kasus menguji aturannya.",
    "Without a region: those of the folder that one stands in, or of `policies` in it; else those of the library. A case that can't be asked has failed, and the others are run; without any case nothing has passed.": "Tanpa nama daerah: kebijakan di folder tempat Anda berada, atau di `policies` di dalamnya; kalau tidak ada, bawaan pustaka. Kasus yang tidak dapat ditanyakan dihitung gagal, dan yang lain tetap dijalankan; tanpa kasus tidak ada yang berhasil.",
    "the back end that decides": "mesin yang memutus",
    "Decide every rule for every employee of a file, of a folder of tables, or of a database.": "Putus setiap aturan untuk setiap pegawai dalam sebuah berkas, folder tabel, atau basis data.",
    "a shipped region, or the path of a folder": "daerah bawaan, atau lokasi folder",
    "people as JSON Lines, as one JSON array or as objects over several lines; - for standard input": "data pegawai sebagai JSON Lines, satu larik JSON, atau objek pada beberapa baris; - untuk masukan standar",
    "the day that is asked for, such as 2026-10-01": "hari yang ditanyakan, misalnya 2026-10-01",
    "only this rule; may be given again": "hanya aturan ini; boleh diulang",
    "table, jsonl, csv, xlsx or certificates; a table on a terminal, else jsonl; parquet for a folder of tables": "table, jsonl, csv, xlsx, atau certificates; di terminal berupa tabel, selain itu jsonl; parquet untuk folder berisi tabel",
    "only rows with this result, such as eligible,overdue; may be given again": "hanya baris dengan hasil ini, misalnya eligible,overdue; boleh diulang",
    "leave out rows of rules that do not apply": "hilangkan baris aturan yang tidak berlaku bagi orangnya",
    "write to this file": "tulis ke berkas ini",
    "a JSON file, or a folder of tables, with the agency's units and openings: asks about each opening": "berkas JSON, atau folder tabel, berisi unit dan jabatan lowong instansi: setiap jabatan lowong ditanyakan",
    "a JSON file with a list of waivers: each of one criterion for one person, by letter": "berkas JSON berisi daftar pengecualian: masing-masing satu syarat bagi satu orang, dengan surat",
    "the encoding of the file of people, such as cp1252; UTF-8, or what its first bytes say, without": "pengodean berkas pegawai, misalnya cp1252; tanpa ini UTF-8, atau menurut bita pertamanya",
    "leave out whoever has anything amiss, instead of taking it as not known": "lewati orang yang datanya bermasalah, alih-alih menganggapnya belum diketahui",
    "how many processes decide; the output is the same": "berapa proses yang memutus; keluarannya sama",
    "how many rows the table shows": "berapa baris yang ditampilkan tabel",
    "List the records to mend, by kind, by unit and by person, those first that leave most decisions open.": "Daftar data yang perlu dibenahi, menurut jenis, unit, dan orang; lebih dulu yang paling banyak menggantung keputusan.",
    "count the decisions of this rule only; may be given again": "hitung keputusan aturan ini saja; boleh diulang",
    "table, csv, jsonl, xlsx or html; a table on a terminal, else jsonl": "table, csv, jsonl, xlsx, atau html; di terminal berupa tabel, selain itu jsonl",
    "id or en": "id atau en",
    "en or id": "en atau id",
    "a JSON file, or a folder of tables, with the agency's units and openings": "berkas JSON, atau folder tabel, berisi unit dan jabatan lowong instansi",
    "how many rows each table shows": "berapa baris yang ditampilkan setiap tabel",
    "Explain one decision: each criterion with what was seen, what is required, and its basis.": "Jelaskan satu keputusan: setiap syarat dengan apa yang tercatat, apa yang disyaratkan, dan dasarnya.",
    "whose decision": "NIP orang yang diputus",
    "which rule": "aturan yang mana",
    "a JSON file, or a folder of tables, with the agency's units, openings and relations": "berkas JSON, atau folder tabel, berisi unit, jabatan lowong, dan hubungan antarpegawai instansi",
    "the opening of the agency that a promotion into a post leads to": "jabatan lowong instansi yang dituju pengangkatan",
    "tell how it follows by forward chaining, step after step; needs the extra `rete`": "ceritakan langkah demi langkah bagaimana kesimpulannya ditarik dengan perantaian maju; memerlukan tambahan `rete`",
    "the NIP of the mentor, for a rule about a pair; somebody of the same file": "NIP mentor, untuk aturan tentang pasangan; orang dalam berkas yang sama",
    "Write the letter that tells one person one decision.": "Tulis surat yang memberitahukan satu keputusan kepada satu orang.",
    "What it is follows from the decision: a refusal, a consideration when no law is behind it, a request for data, a notice that the requirements are met, a reminder of a duty to whoever owes it, a notice of the retirement age. What is not given stays a row of dots, to be filled in.": "Jenis surat mengikuti keputusannya: penolakan, bahan pertimbangan bila tanpa dasar hukum, permintaan data, pemberitahuan bahwa syarat terpenuhi, pengingat kewajiban kepada yang memikulnya, atau pemberitahuan batas usia pensiun. Yang tidak diberikan menjadi titik-titik, untuk diisi.",
    "md (Markdown), html or docx": "md (Markdown), html, atau docx",
    "a TOML or JSON file with the office that writes: its head, who signs, where an answer goes": "berkas TOML atau JSON tentang kantor yang menulis: kop, penanda tangan, tujuan jawaban",
    "until when an answer is due, a day or words such as `21 hari kerja`": "batas waktu jawaban: tanggal, atau kata seperti `21 hari kerja`",
    "what the letter is, when it is not to be the usual one; one that contradicts the decision is refused": "jenis surat bila bukan yang biasa; yang bertentangan dengan keputusannya ditolak",
    "mask the NIP of the person, for copies that others get": "samarkan NIP orangnya, untuk tembusan bagi orang lain",
    "instead of --nip: a letter of everybody whom the rule is for, into this folder": "sebagai ganti --nip: surat bagi setiap orang yang menjadi sasaran aturan, ke folder ini",
    "id (Indonesian), en (English) or both": "id (bahasa Indonesia), en (bahasa Inggris), atau both (keduanya)",
    "the number of the letter": "nomor surat",
    "when it is signed, such as 2026-10-05": "tanggal penandatanganan, misalnya 2026-10-05",
    "Assign mentors: who mentors whom, why, who has none and what bound them.": "Pasangkan mentor: siapa membimbing siapa, mengapa, siapa yang belum dapat dan apa yang membatasinya.",
    "the mentoring rule, where the region has several": "aturan pembimbingan, bila daerah punya beberapa",
    "stable, total or max-min": "stable, total, atau max-min",
    "the seed of the lottery, which is published": "benih undian, yang diumumkan",
    "pairs that stay unless a limit breaks: CSV, or an assignment as JSON": "pasangan yang dipertahankan selama tidak melanggar batas: CSV, atau hasil pembagian sebagai JSON",
    "pairs that must be: CSV with `mentor,mentee`": "pasangan yang harus ada: CSV dengan `mentor,mentee`",
    "pairs that must not be, such as relatives: CSV": "pasangan yang dilarang, misalnya keluarga: CSV",
    "fewer places of single mentors: CSV with `mentor,places`": "tempat yang dikurangi pada mentor tertentu: CSV dengan `mentor,places`",
    "opaque keys for the lottery: CSV with `nip,key`": "kunci tersamar untuk undian: CSV dengan `nip,key`",
    "a JSON file, or a folder of tables, with the agency's units and relations": "berkas JSON, atau folder tabel, berisi unit dan hubungan antarpegawai instansi",
    "table, csv or json; a table on a terminal, else json": "table, csv, atau json; di terminal berupa tabel, selain itu json",
    "id (Indonesian) or en (English); letters also both": "id (bahasa Indonesia) atau en (bahasa Inggris); surat juga both (keduanya)",
    "write a letter to each mentor and each mentee into this folder": "tulis surat kepada setiap mentor dan mentee ke folder ini",
    "write numbers in full in tables and letters": "tulis NIP secara utuh dalam tabel dan surat",
    "Prove what a policy promises, or answer a question about it: with somebody who shows it when it does not hold.": "Buktikan janji suatu kebijakan, atau jawab pertanyaan tentangnya: dengan contoh orang bila tidak benar.",
    "Questions: at_least_as_strict, blind, merit_never_hurts, reachable, never, always, redundant, dead, equivalent, gaps, conflicts, compare. Exit status: 0 all hold, 1 one is refuted, 3 one is not known.": "Pertanyaan: at_least_as_strict, blind, merit_never_hurts, reachable, never, always, redundant, dead, equivalent, gaps, conflicts, compare. Status keluar: 0 semua terbukti, 1 ada yang terbantah, 3 ada yang belum diketahui.",
    "a question by name; without one, what the policy promises": "nama pertanyaan; tanpa ini, yang dijanjikan kebijakan",
    "a rule; without one, every rule": "sebuah aturan; tanpa ini, semua aturan",
    "of `redundant` and `dead`: one criterion": "untuk `redundant` dan `dead`: satu syarat",
    "of `reachable`, `never` and `always`": "untuk `reachable`, `never`, dan `always`",
    "of `blind`: a protected attribute": "untuk `blind`: ciri terlindung",
    "of `merit_never_hurts`: a merit": "untuk `merit_never_hurts`: prestasi",
    "the other policy of `at_least_as_strict`, `equivalent`, `compare`": "kebijakan pembanding untuk `at_least_as_strict`, `equivalent`, `compare`",
    "of `gaps`: the group, as `fact=value`": "untuk `gaps`: kelompoknya, sebagai `fakta=nilai`",
    "every day from this one on; today when not given": "setiap hari sejak hari ini; tanpa ini, sejak sekarang",
    "seconds for one search": "detik untuk satu pencarian",
    "seconds for all searches of one question": "detik untuk semua pencarian dari satu pertanyaan",
    "Compare the rules of two policies: equivalent, stricter, looser or incomparable, with somebody who shows it.": "Bandingkan aturan dua kebijakan: setara, lebih ketat, lebih longgar, atau tak terbandingkan, dengan contoh orang.",
    "Exit status: 0 all are equivalent, 1 some differ, 3 some are not known.": "Status keluar: 0 semua setara, 1 ada yang berbeda, 3 ada yang belum diketahui.",
    "a rule; without one, every rule that both have": "sebuah aturan; tanpa ini, semua aturan yang dimiliki keduanya",
    "Tell the outcomes of a rule by group: rates, ratios, exact tests, and the criterion at which groups part.": "Sajikan hasil suatu aturan menurut kelompok: tingkat, rasio, uji eksak, dan syarat tempat kelompok mulai berbeda.",
    "Who the rule is not for is in no rate; undetermined is an outcome of its own. Fewer than five people are never told of.": "Orang di luar sasaran aturan tidak masuk hitungan; belum dapat ditentukan adalah hasil tersendiri. Kelompok kurang dari lima orang tidak pernah disajikan.",
    "Exit status: 0 no signal, 1 a group whose ratio is low and for which chance is unlikely.": "Status keluar: 0 tidak ada tanda, 1 ada kelompok yang rasionya rendah dan kecil kemungkinannya karena kebetulan.",
    "a file of JSON Lines, one employee a line; - for standard input": "berkas JSON Lines, satu pegawai setiap baris; - untuk masukan standar",
    "a folder of tables or the address of a database, which is fastest; or a file of JSON Lines; - for standard input": "folder berisi tabel atau alamat database, yang paling cepat; atau berkas JSON Lines; - untuk masukan standar",
    "the rule": "aturannya",
    "the day; today when not given": "harinya; tanpa ini, hari ini",
    "an attribute: sex, age, marital_status, disability, ethnicity, unit …": "sebuah ciri: sex, age, marital_status, disability, ethnicity, unit …",
    "each two attributes together too": "juga setiap dua ciri bersama-sama",
    "an attribute within which groups are compared too, such as unit": "ciri yang di dalamnya kelompok dibandingkan juga, misalnya unit",
    "the group to compare with; else the one with the highest rate": "kelompok pembanding; tanpa ini, kelompok dengan tingkat tertinggi",
    "instead of --nip: a card of everybody in the file, into this folder": "sebagai ganti --nip: kartu setiap orang dalam berkas, ke dalam folder ini",
    "by what a difference counts": "ukuran suatu perbedaan dianggap berarti",
    "a JSON file with units and vacant posts": "berkas JSON berisi unit dan jabatan lowong",
    "text, json or html": "text, json, atau html",
    "Set each person beside the same person with another sex, age, religion and so on, and tell what would turn.": "Sandingkan setiap orang dengan dirinya yang berjenis kelamin, usia, agama, dan seterusnya yang lain, dan sebut apa yang berubah.",
    "Exit status: 0 nothing turns but what a law allows, 1 something does.": "Status keluar: 0 tidak ada yang berubah selain yang dibolehkan hukum, 1 ada.",
    "a protected attribute; without one, all": "ciri terlindung; tanpa ini, semuanya",
    "a rule; without one, all": "sebuah aturan; tanpa ini, semuanya",
    "a JSON file with units": "berkas JSON berisi unit",
    "Show the days on which verdicts change, and what changes them.": "Tampilkan hari-hari hasil berubah, dan apa yang mengubahnya.",
    "JSON Lines, one employee a line; - for standard input": "JSON Lines, satu pegawai setiap baris; - untuk masukan standar",
    "whose timelines": "NIP orangnya",
    "the first day; the day on which the registers were known when it is not given": "hari pertama; tanpa ini, hari data register diketahui",
    "the day after the last; ten years later when not given": "hari sesudah hari terakhir; tanpa ini, sepuluh tahun kemudian",
    "what is taken to come: rating=Baik (each coming year), rating=last, training=CODE@DAY,hours=20; may be given again": "yang diandaikan akan terjadi: rating=Baik (setiap tahun mendatang), rating=last, training=KODE@HARI,hours=20; boleh diulang",
    "only this opening of the agency": "hanya jabatan lowong ini",
    "text, bars, json or html; bars on a terminal, text for one rule there, else json": "text, bars, json, atau html; di terminal berupa batang, teks untuk satu aturan, selain itu json",
    "Write one page for somebody to read about their own career.": "Tulis satu halaman untuk dibaca seseorang tentang kariernya sendiri.",
    "What is on record, the duties that are not fulfilled, the next steps with their earliest days and what to do, what closes with time, which data are missing, and where to object. It decides nothing.": "Yang tercatat, kewajiban yang belum dipenuhi, langkah berikutnya dengan hari paling awal dan yang dapat dilakukan, yang tertutup menurut waktu, data yang kurang, dan ke mana keberatan disampaikan. Kartu ini tidak memutus apa pun.",
    "whose card": "kartu siapa",
    "write the NIP of the person in full": "tulis NIP orangnya secara utuh",
    "text, md (Markdown), html or json": "text, md (Markdown), html, atau json",
    "Show what may come next for somebody: the earliest days, what to do, what closes, and what would change a no.": "Tampilkan yang mungkin berikutnya bagi seseorang: hari paling awal, apa yang harus dilakukan, apa yang akan tertutup, dan apa yang mengubah penolakan.",
    "whose path": "NIP orangnya",
    "a rank (IV/a), a level (Ahli Madya), a kind of post, or an opening of the agency": "pangkat (IV/a), jenjang (Ahli Madya), jenis jabatan, atau jabatan lowong instansi",
    "text or json; text on a terminal, else json": "text atau json; di terminal berupa teks, selain itu json",
    "Plan a promotion period: who can be proposed, who lacks one thing and which, who leaves before it.": "Rencanakan periode kenaikan: siapa yang dapat diusulkan, siapa yang kurang satu hal dan apa, siapa yang berhenti sebelumnya.",
    "the promotion period, such as 2027-04-01": "periode kenaikan, misalnya 2027-04-01",
    "the day on which the registers were known, for whoever has no `known_on`": "hari data register diketahui, bagi yang tidak punya `known_on`",
    "only this group: ready, one, more, unknown, leaves; may be given again": "hanya kelompok ini: ready, one, more, unknown, leaves; boleh diulang",
    "table, csv, json or xlsx; a table on a terminal, else json": "table, csv, json, atau xlsx; di terminal berupa tabel, selain itu json",
    "Map people into the nine boxes of performance and potential; without --people only what may leave the unit.": "Petakan pegawai ke sembilan kotak kinerja dan potensi; tanpa --people hanya yang boleh keluar dari unit.",
    "keep to this unit and those below it": "hanya unit ini dan bawahannya",
    "for the unit itself: name everybody, and count small groups too": "untuk unit itu sendiri: sebut semua nama, dan hitung juga kelompok kecil",
    "table, csv, json or html; a table on a terminal, else json": "table, csv, json, atau html; di terminal berupa tabel, selain itu json",
    "id (Indonesian) or en (English); html also both": "id (bahasa Indonesia) atau en (bahasa Inggris); html juga both (keduanya)",
    "write numbers in full in tables": "tulis NIP secara utuh dalam tabel",
    "List who of the succession pool could follow in a vacant post, and what each still lacks for it.": "Daftar siapa dari kelompok suksesi yang dapat mengisi jabatan lowong, dan apa yang masih kurang pada masing-masing.",
    "the id of the vacant post in the agency": "pengenal jabatan lowong dalam data instansi",
    "the seed of the lottery among equals, which is published": "benih undian di antara yang setara, yang diumumkan",
    "Decide stored certificates again, and tell what differs.": "Putus ulang sertifikat yang tersimpan, dan sebut apa yang berbeda.",
    "A certificate is decided from what it holds: the facts that were read, and the policy of the same name. It is `reproduced` when policy, result, standing and each criterion come out as certified and the seal is that of what is written. Findings of the data, and the day of an event of leaving, are taken over. The seal shows that nothing was changed since, not who made the certificate: for that, sign the file.": "Sertifikat diputus dari isinya: fakta yang dibaca, dan kebijakan bernama sama. Sertifikat `reproduced` bila kebijakan, hasil, kedudukan, dan setiap syarat keluar sebagaimana tertulis dan segelnya cocok. Temuan data dan hari berhenti diambil begitu saja. Segel menunjukkan tidak ada yang diubah sejak itu, bukan siapa pembuatnya: untuk itu, tanda tangani berkasnya.",
    "Exit status: 0 all reproduced, 1 something differs or could not be read, 2 wrong use.": "Status keluar: 0 semua cocok, 1 ada yang berbeda atau tidak terbaca, 2 salah pakai.",
    "JSON Lines, one certificate a line; - for standard input": "JSON Lines, satu sertifikat setiap baris; - untuk masukan standar",
    "the folder of the policy; without it, the shipped region that each names": "folder kebijakannya; tanpa ini, daerah bawaan yang disebut masing-masing",
    "tell only what is not reproduced": "sebut hanya yang tidak cocok",
    "Print the JSON Schema of policy files, of employees or of certificates.": "Cetak JSON Schema berkas kebijakan, pegawai, atau sertifikat.",
    "policy, employee or certificate": "policy, employee, atau certificate",
    "a region: its schema knows the names that are declared there": "sebuah daerah: skemanya mengenal nama yang dinyatakan di sana",
    "Write the reference page of a region, and those of all that it extends: Markdown and HTML, in both languages.": "Tulis halaman rujukan sebuah daerah, dan semua yang menjadi dasarnya: Markdown dan HTML, dalam dua bahasa.",
    "Each name stands there as it must be written, with the line that it is written in.": "Setiap nama tertulis sebagaimana harus ditulis, dengan baris tempatnya.",
    "the folder to write into": "folder tujuan",
    "Print a rule, value, table or typical person as it is written; without a name, where the files lie and what is in them.": "Cetak aturan, nilai, tabel, atau pegawai contoh sebagaimana tertulis; tanpa nama, lokasi berkas dan isinya.",
    "Make up a coherent workforce, as JSON Lines or as a folder of tables.": "Karang data pegawai yang serasi, sebagai JSON Lines atau folder berisi tabel.",
    "how many people": "berapa orang",
    "the same seed gives the same people": "benih yang sama menghasilkan orang yang sama",
    "the day on which they stand so": "hari keadaan mereka demikian",
    "Begin something new.": "Mulai sesuatu yang baru.",
    "Make a folder with a policy file that loads, and a case that passes.": "Buat folder dengan berkas kebijakan yang termuat dan kasus yang berhasil.",
    "small letters, digits and `-`": "huruf kecil, angka, dan `-`",
    "the region that it extends": "daerah yang menjadi dasarnya",
    "where the folder is made": "tempat folder dibuat",
}  # fmt: skip
"""Each paragraph of help on one line, and what it is in Indonesian."""


def translate(text: str) -> str:
    """Return help in Indonesian, paragraph by paragraph; examples stay as they are.

    >>> translate("Begin something new.")
    'Mulai sesuatu yang baru.'
    """
    return "\n\n".join(map(_paragraph, re.split(r"\n\s*\n", text)))


def _paragraph(text: str) -> str:
    if is_example(text):
        return re.sub(r"Examples?:", "Contoh:", text, count=1)
    return INDONESIAN.get(on_one_line(text), text)


def on_one_line(text: str) -> str:
    """Return a paragraph as the catalogue has it.

    >>> on_one_line("\\b\\nExit status: 0\\n  fine")
    'Exit status: 0 fine'
    """
    return " ".join(text.replace("\b", "").split())


def is_example(text: str) -> bool:
    """Tell whether a paragraph of help shows commands."""
    return bool(re.match(r"\s*\x08?\s*Examples?:", text))


def speak_indonesian(command: Any) -> None:
    """Put the help of a command, of its options and of the commands below it in Indonesian."""
    if command.help:
        command.help = translate(command.help)
    for option in command.params:
        if getattr(option, "help", None):
            option.help = translate(option.help)
    head_in_indonesian(command)
    for below in getattr(command, "commands", {}).values():
        speak_indonesian(below)
    whole_summaries(command)


def whole_summaries(command: Any) -> None:
    """Let the list of commands below a command say the first sentence of each whole, not cut short."""
    for below in getattr(command, "commands", {}).values():
        below.short_help = on_one_line(re.split(r"\n\s*\n", below.help or "")[0])
